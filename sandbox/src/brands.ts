import { brand as att } from "./att/brand.ts";
import { brand as tmobile } from "./tmobile/brand.ts";
import { brand as verizon } from "./verizon/brand.ts";

/** The sites with accounts, as the index page lists them. */
export const brands = [tmobile, att, verizon] as const;
