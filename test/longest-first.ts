import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The folders whose files take longest, the longest first. They start servers, browsers and people who type. */
const long = ["test/canary/", "test/journeys/", "test/conformance/", "test/sites/", "test/chaos/", "cli/", "test/"];

/** Starts the long files first, so that none of them runs alone at the end while the other workers have nothing to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = long.findIndex((folder) => moduleId.includes(`/${folder}`));
      return index < 0 ? long.length : index;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
