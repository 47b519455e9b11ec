import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const count = "<script>addEventListener('click', (e) => { document.body.dataset.hit = e.target.id }, true)</script>";

describe("an element that cannot be clicked is not, and the error says why", () => {
  test.each([
    ["disabled", "<button id=b disabled>Go</button>"],
    ["disabled", "<fieldset disabled><button id=b>Go</button></fieldset>"],
    ["disabled", "<div aria-disabled=true><button id=b>Go</button></div>"],
    ["not visible", "<button id=b style='visibility:hidden'>Go</button>"],
    ["not visible", "<details><button id=b>Go</button></details>"],
    ["not visible", "<button id=b style='display:none'>Go</button>"],
    ["moving", "<style>@keyframes m{to{margin-left:9000px}}#b{animation:m 60s linear}</style><button id=b>Go</button>"],
  ])("%s: %s", async (reason, html) => {
    await rig.show(`${html}${count}`);
    const { error } = await rig.run("click", { selector: "#b", timeout: 800 });
    expect(error?.code).toBe("not_actionable");
    expect(error?.message).toContain(reason);
    expect(await rig.value("document.body.dataset.hit ?? null")).toBe(null);
  });
});
