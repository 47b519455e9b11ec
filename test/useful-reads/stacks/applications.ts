import { records, type Template } from "../template.ts";
import { byBearer, changePassword, items, oauth, shell } from "./application-parts.ts";
import { uuid } from "./token-forms.ts";

/** Sites whose script draws the page, each with the place where its library keeps tokens. */
export const applications: readonly Template[] = [
  {
    name: "auth0-react",
    follows: "React with auth0-spa-js: @@auth0spajs@@ in localStorage, bearer tokens",
    traits: ["token in storage", "empty password field"],
    signedIn: (tokens) => ({ cookies: ["auth0.is.authenticated=true"], json: oauth(tokens) }),
    keep: () =>
      `localStorage["@@auth0spajs@@::Kq1::api::openid profile"] = JSON.stringify({ body: { ...result, audience: "api", oauthTokenScope: "openid profile" }, expiresAt: 1790000000 })`,
    passwordForm: () => changePassword(["New password", "Confirm new password"]),
    page: (parts) =>
      shell(
        "",
        parts,
        byBearer(`JSON.parse(localStorage["@@auth0spajs@@::Kq1::api::openid profile"]).body.access_token`),
      ),
    api: items,
  },
  {
    name: "msal-angular",
    follows: "Angular with MSAL: msal.* entries in sessionStorage, bearer tokens",
    traits: ["token in storage"],
    signedIn: (tokens) => ({ cookies: [`x-ms-cpim-sso=${tokens.base64url(60)}; HttpOnly`], json: oauth(tokens) }),
    keep: () =>
      `sessionStorage["f0-1.c2-login.example-accesstoken-9a-f0--api/read--"] = JSON.stringify({ credentialType: "AccessToken", secret: result.access_token, tokenType: "Bearer", realm: "f0", target: "api/read" });
       sessionStorage["f0-1.c2-login.example-refreshtoken-9a----"] = JSON.stringify({ credentialType: "RefreshToken", secret: result.refresh_token });
       sessionStorage["msal.token.keys.9a"] = JSON.stringify({ accessToken: ["f0-1.c2-login.example-accesstoken-9a-f0--api/read--"], idToken: [], refreshToken: [] })`,
    page: (parts) =>
      shell(
        "<base href=/>",
        parts,
        byBearer(`JSON.parse(sessionStorage["f0-1.c2-login.example-accesstoken-9a-f0--api/read--"]).secret`),
      ),
    api: (subject) => ({ "@odata.context": "$metadata#items", value: records(subject), items: records(subject) }),
  },
  {
    name: "firebase-vue",
    follows: "Vue with Firebase Authentication: firebaseLocalStorageDb in IndexedDB, bearer tokens",
    traits: ["token in storage", "empty password field"],
    signedIn: (tokens) => ({
      cookies: [],
      json: {
        kind: "identitytoolkit#VerifyPasswordResponse",
        localId: "u7Qm2Lk9",
        email: "ada@example.org",
        idToken: tokens.jwt({ aud: "shop-1" }),
        refreshToken: tokens.base64url(120),
        registered: true,
      },
    }),
    keep: () =>
      `await new Promise((done) => { const open = indexedDB.open("firebaseLocalStorageDb", 1);
        open.onupgradeneeded = () => open.result.createObjectStore("firebaseLocalStorage", { keyPath: "fbase_key" });
        open.onsuccess = () => { const store = open.result.transaction("firebaseLocalStorage", "readwrite").objectStore("firebaseLocalStorage");
          store.put({ fbase_key: "firebase:authUser:AIzaSy:[DEFAULT]", value: { uid: result.localId, email: result.email, stsTokenManager: { accessToken: result.idToken, refreshToken: result.refreshToken, expirationTime: 1790000000 } } }).onsuccess = () => { open.result.close(); done() } } })`,
    passwordForm: () => changePassword(["New password"]),
    page: (parts) =>
      shell(
        "",
        parts,
        byBearer(
          `new Promise((done) => { const open = indexedDB.open("firebaseLocalStorageDb", 1); open.onsuccess = () => {
          const get = open.result.transaction("firebaseLocalStorage").objectStore("firebaseLocalStorage").getAll();
          get.onsuccess = () => { open.result.close(); done(get.result[0].value.stsTokenManager.accessToken) } } })`,
          "Object.values(body.documents)",
        ),
      ),
    api: (subject) => ({
      documents: Object.fromEntries(records(subject).map((record, at) => [`doc${at}`, record])),
      items: records(subject),
    }),
  },
  {
    name: "amplify",
    follows: "React with AWS Amplify: CognitoIdentityServiceProvider.* in localStorage, bearer tokens",
    traits: ["token in storage"],
    signedIn: (tokens) => ({ cookies: [], json: { AuthenticationResult: oauth(tokens), ChallengeParameters: {} } }),
    keep: () =>
      `const at = "CognitoIdentityServiceProvider.3n4b5urk1ft4fl3mg5e62d9ado."; localStorage[at + "LastAuthUser"] = "ada";
       for (const [name, value] of [["idToken", "id_token"], ["accessToken", "access_token"], ["refreshToken", "refresh_token"]]) localStorage[at + "ada." + name] = result.AuthenticationResult[value];
       localStorage[at + "ada.clockDrift"] = "0"`,
    page: (parts) =>
      shell(
        "",
        parts,
        byBearer(`localStorage["CognitoIdentityServiceProvider.3n4b5urk1ft4fl3mg5e62d9ado.ada.accessToken"]`),
      ),
    api: items,
  },
  {
    name: "angular-xsrf",
    follows: "Angular's HttpClient: XSRF-TOKEN cookie, X-XSRF-TOKEN header",
    traits: ["CSRF token", "empty password field"],
    signedIn: (tokens) => ({
      cookies: [`XSRF-TOKEN=${uuid(tokens)}`],
      json: { user: { id: 71, name: "Ada Lovelace", roles: ["customer"] } },
    }),
    keep: () => `sessionStorage.user = JSON.stringify(result.user)`,
    passwordForm: () => changePassword(["currentPassword", "newPassword"]),
    page: (parts) =>
      shell(
        "",
        parts,
        `const token = decodeURIComponent(document.cookie.match(/XSRF-TOKEN=([^;]+)/)[1]); draw((await (await fetch(api, { headers: { "x-xsrf-token": token } })).json()).items)`,
      ),
    api: items,
  },
  {
    name: "apollo",
    follows: "Apollo GraphQL: a token in localStorage, POST /graphql in the API's shape, __APOLLO_STATE__",
    traits: ["token in storage"],
    signedIn: (tokens) => ({
      cookies: [],
      json: {
        data: {
          signIn: {
            __typename: "AuthPayload",
            token: tokens.jwt({ sub: "71" }),
            viewer: { id: "VXNlcjo3MQ==", __typename: "User" },
          },
        },
      },
    }),
    keep: () => `localStorage.token = result.data.signIn.token`,
    page: (parts) =>
      shell(
        `<script>window.__APOLLO_STATE__ = {"ROOT_QUERY":{"__typename":"Query","viewer":{"__ref":"User:VXNlcjo3MQ=="}},"User:VXNlcjo3MQ==":{"__typename":"User","id":"VXNlcjo3MQ=="}}</script>`,
        parts,
        byBearer(
          "localStorage.token",
          "body.data.viewer.items.edges.map(({ node }) => Object.fromEntries(Object.entries(node).filter(([key]) => key !== '__typename' && key !== 'id')))",
        ),
      ),
    api: (subject) => ({
      data: {
        viewer: {
          __typename: "User",
          items: {
            edges: records(subject).map((record, at) => ({
              cursor: Buffer.from(`cursor:${at}`).toString("base64"),
              node: { ...record, __typename: "Item", id: Buffer.from(`Item:${8_400 + at}`).toString("base64") },
            })),
            pageInfo: { hasNextPage: false, endCursor: Buffer.from("cursor:9").toString("base64") },
          },
        },
      },
    }),
  },
  {
    name: "supabase",
    follows: "SvelteKit with Supabase: sb-<project>-auth-token in localStorage, an apikey header",
    traits: ["token in storage", "empty password field"],
    signedIn: (tokens) => ({
      cookies: [],
      json: { ...oauth(tokens), user: { id: uuid(tokens), aud: "authenticated", email: "ada@example.org" } },
    }),
    keep: () => `localStorage["sb-abcdefghij-auth-token"] = JSON.stringify({ ...result, expires_at: 1790000000 })`,
    passwordForm: () => changePassword(["New password"]),
    page: (parts, tokens) =>
      shell(
        "",
        parts,
        `const apikey = "${tokens.kept("anon", () => tokens.jwt({ role: "anon" }))}"; const { access_token } = JSON.parse(localStorage["sb-abcdefghij-auth-token"]);
        draw(await (await fetch(api + "?select=*&order=date.desc", { headers: { apikey, authorization: "Bearer " + access_token } })).json())`,
      ),
    api: (subject) => records(subject),
  },
  {
    name: "next-auth",
    follows: "Next.js with NextAuth: __NEXT_DATA__ with props and a build id, next-auth cookies, /api/auth/session",
    traits: ["CSRF token"],
    signedIn: (tokens) => ({
      cookies: [
        `next-auth.csrf-token=${tokens.hex(32)}%7C${tokens.hex(32)}; HttpOnly`,
        `next-auth.session-token=${tokens.jwt({ alg: "dir" })}; HttpOnly`,
      ],
      json: { url: "/bills" },
    }),
    keep: () => "",
    page: (parts, tokens) =>
      shell(
        "",
        parts,
        `const { props } = JSON.parse(document.querySelector("#__NEXT_DATA__").textContent); await fetch(api); draw(props.pageProps.items)`,
      ).replace(
        "<script type=module>",
        `<script id=__NEXT_DATA__ type=application/json>${JSON.stringify({
          props: {
            pageProps: {
              items: records(parts.subject),
              session: { user: { name: "Ada Lovelace" }, expires: "2027-01-01T00:00:00.000Z" },
              csrfToken: tokens.hex(32),
            },
            __N_SSP: true,
          },
          page: "/[tab]",
          buildId: tokens.state(16),
          isFallback: false,
        })}</script><script type=module>`,
      ),
    api: items,
  },
  {
    name: "nuxt",
    follows: "Nuxt with the auth module: auth._token.local in localStorage and a cookie, window.__NUXT__",
    traits: ["token in storage"],
    signedIn: (tokens) => ({
      cookies: [`auth.strategy=local`],
      json: { token: tokens.jwt({ sub: 71 }), user: { id: 71 } },
    }),
    keep: () =>
      `localStorage["auth._token.local"] = "Bearer " + result.token; document.cookie = "auth._token.local=" + encodeURIComponent("Bearer " + result.token); localStorage["auth._token_expiration.local"] = "1790000000000"`,
    page: (parts) =>
      shell(
        `<script>window.__NUXT__={data:{},state:{auth:{loggedIn:true,strategy:"local"}},serverRendered:true,config:{public:{apiBase:"/api"}}}</script>`,
        parts,
        byBearer(`localStorage["auth._token.local"].slice(7)`, "body.items"),
      ),
    api: items,
  },
  {
    name: "salesforce-aura",
    follows: "Salesforce Experience Cloud: Aura's context with fwuid and token in an inline script",
    traits: ["CSRF token"],
    signedIn: (tokens) => ({
      cookies: [`sid_Client=${tokens.base64url(20)}`, `oid=00D5g000004Xyz1`],
      json: { returnUrl: "/bills" },
    }),
    keep: () => "",
    page: (parts, tokens) =>
      shell(
        `<script>var auraConfig = {"token":"${tokens.jwt({ nonce: 1 })}","context":{"mode":"PROD","fwuid":"${tokens.state(40)}","app":"siteforce:communityApp","loaded":{"APPLICATION@markup://siteforce:communityApp":"${tokens.state(18)}"}}};</script>`,
        parts,
        `const body = await (await fetch(api + "?r=3&aura.ApexAction.execute=1", { headers: { "x-sfdc-page-scope-id": "${uuid(tokens)}" } })).json(); draw(body.actions[0].returnValue)`,
      ),
    api: (subject) => ({
      actions: [{ id: "85;a", state: "SUCCESS", returnValue: records(subject), error: [] }],
      context: { mode: "PROD", globalValueProviders: [] },
    }),
  },
  {
    name: "keycloak",
    follows: "Keycloak's account console: tokens in memory, kc-state in localStorage, a JSON environment in the page",
    traits: ["token in storage", "empty password field"],
    signedIn: (tokens) => ({
      cookies: [
        `KEYCLOAK_IDENTITY=${tokens.jwt({ typ: "Serialized-ID" })}; HttpOnly`,
        `KEYCLOAK_SESSION=${uuid(tokens)}`,
      ],
      json: oauth(tokens),
    }),
    keep: (tokens) =>
      `localStorage["kc-callback-${uuid(tokens)}"] = JSON.stringify({ state: "${uuid(tokens)}", nonce: "${uuid(tokens)}", expires: 1790000000 }); sessionStorage.kc = JSON.stringify(result)`,
    passwordForm: () => changePassword(["password-new", "password-confirm"]),
    page: (parts, tokens) =>
      shell(
        `<script id=environment type=application/json>${JSON.stringify({ realm: "shop", clientId: "account-console", resourceUrl: "/resources/4a9x2", features: { isRegistrationEmailAsUsername: false, updateEmailFeatureEnabled: true }, nonce: tokens.base64url(18) })}</script>`,
        parts,
        byBearer("JSON.parse(sessionStorage.kc).access_token", "body.items"),
      ),
    api: items,
  },
  {
    name: "blazor",
    follows: "Blazor Server: component markers with protected descriptors, an antiforgery token kept as state",
    traits: ["CSRF token"],
    signedIn: (tokens) => ({
      cookies: [`.AspNetCore.Identity.Application=CfDJ8${tokens.base64url(120)}; HttpOnly`],
      json: { succeeded: true },
    }),
    keep: () => "",
    page: (parts, tokens) =>
      shell(
        "",
        {
          ...parts,
          main: `<!--Blazor:{"type":"server","prerenderId":"${tokens.state(16)}","key":{"locationHash":"${tokens.state()}:0"},"sequence":0,"descriptor":"CfDJ8${tokens.state(300)}"}-->${parts.main}<!--Blazor-Server-Component-State:CfDJ8${tokens.state(200)}-->`,
        },
        `draw((await (await fetch(api)).json()).items)`,
      ),
    api: items,
  },
];
