/**
 * Schemes that a browser or an operating system handles itself: opening one does something on the person's machine, and leads
 * back to no app of the developer's. Sources: Firefox's `network.protocol-handler.external.*` (modules/libpref/init/all.js),
 * Chromium's `denied_schemes` (external_protocol_handler.cc), Microsoft's "Reserved file and URI scheme names", the HTML
 * standard's safelisted schemes (registerProtocolHandler), Android's Intent and WebView documentation, Apple's "URL Scheme Reference".
 */
const systemSchemes = new Set(
  [
    // Browsers: what they show or run themselves.
    "about blob data file filesystem javascript jscript livescript mocha vbscript view-source wyciwyg jar resource cid mid ws wss",
    "chrome chrome-extension chrome-error chrome-search chrome-untrusted devtools edge brave opera vivaldi moz-icon moz-extension",
    "safari-web-extension safari-extension extension feed",
    // Windows; every ms-… besides.
    "hcp help ie.http iehistory ierss mk its mhtml res search search-ms shell vnd.ms.radio office onenote bing maps wallet zune callto",
    "ldap ldaps rlogin telnet tn3270 smb calculator read windowsdefender xbox microsoft-edge local sysimage dtmf",
    // macOS and iOS; every x-apple… and itms… besides.
    "afp disk disks vnc facetime facetime-audio facetime-group prefs app-prefs shortcuts workflow applescript photos-redirect",
    "music musics podcast videos ibooks calshow addressbook message macappstore macappstores nfs cifs",
    // Android.
    "intent android-app market content package android.resource voicemail smsto mmsto",
    // Of the HTML standard's list: people, mail, chat, files and machines.
    "bitcoin ftp ftps geo im irc ircs magnet mailto matrix mms news nntp snews openpgp4fpr sftp sip sips sms ssh tel urn webcal",
    "webcals wtai xmpp rdp gopher",
  ].flatMap((line) => line.split(" ")),
);
const systemFamilies = /^(ms-|x-apple|itms|com-apple-|explorer\.|web\+)/;

/**
 * Whether a person may be led there when a link has ended: `https:`, a scheme of the developer's own app such as
 * `myapp://callback`, or `http:` to this machine for development.
 */
export function isReturnUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url) return false;
  const scheme = url.protocol.slice(0, -1);
  if (scheme === "https") return url.username === "" && url.password === "";
  if (scheme === "http") return isLoopbackUrl(value);
  return !systemSchemes.has(scheme) && !systemFamilies.test(scheme);
}

/** `http:` to this machine. */
export function isLoopbackUrl(value: string): boolean {
  const url = URL.parse(value);
  if (url?.protocol !== "http:" || url.username !== "" || url.password !== "") return false;
  const { hostname } = url;
  return (
    hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1" || hostname === "[::1]"
  );
}
