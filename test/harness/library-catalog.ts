import { cedarLibrary } from "../../examples/library-provider/provider.ts";

/** The catalog of a server that offers one provider, which no other clone has. */
export const providers = [cedarLibrary];
