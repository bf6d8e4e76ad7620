/**
 * How the module looks, on any page: nothing of the page reaches in but `--postkeep-accent`. As a
 * constructed sheet, which a strict Content-Security-Policy allows.
 */
const LOOK = `
:host{all:initial;--a:var(--postkeep-accent,#1f5fbf);--on:var(--postkeep-on-accent,#fff);
--bg:#fff;--ink:#1b1e1d;--soft:#5a615e;--line:#c9cfcc;--well:#f3f5f4;--bad:#a5281b;
--link:var(--postkeep-accent,#1f5fbf);color-scheme:light dark;
font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:var(--ink)}
@media(prefers-color-scheme:dark){:host{--bg:#1d2120;--ink:#eceeed;--soft:#a9b1ae;--line:#4a524f;
--well:#282d2b;--bad:#ff9c8f;--link:#9cc2ff}}
*{box-sizing:border-box}
button,input,textarea{font:inherit;color:inherit}
button{cursor:pointer;min-height:44px;padding:8px 16px;border-radius:8px;
border:1px solid var(--line);background:var(--bg)}
button.main,.fab{background:var(--a);color:var(--on);border-color:transparent;font-weight:600}
button:disabled{opacity:.7;cursor:default}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.fab{position:fixed;z-index:2147483000;right:20px;bottom:20px;border-radius:24px;padding:10px 22px;
box-shadow:0 4px 16px #0004}
dialog{position:fixed;inset:auto 20px 20px auto;margin:0;padding:0;border:1px solid var(--line);
border-radius:14px;width:400px;max-width:calc(100vw - 24px);
max-height:min(680px,calc(100vh - 40px));overflow:auto;background:var(--bg);color:var(--ink);
box-shadow:0 12px 40px #0005}
dialog::backdrop{background:#0003}
.panel{padding:18px 20px 20px;background:var(--bg);color:var(--ink)}
.inline{border:1px solid var(--line);border-radius:14px}
header{display:flex;gap:12px;align-items:center;justify-content:space-between;margin-bottom:12px}
h2{font-size:18px;line-height:1.3;margin:0;overflow-wrap:anywhere}
h3:focus{outline:none}
h3{font-size:15px;margin:16px 0 6px}
.x{border:0;background:none;min-width:44px;padding:0;font-size:22px;line-height:1}
label{display:block;margin:12px 0 4px;font-weight:600}
input,textarea{width:100%;padding:9px 11px;border:1px solid var(--soft);border-radius:8px;
background:var(--bg)}
textarea{resize:vertical;min-height:64px}
.row{display:flex;flex-wrap:wrap;gap:8px;margin-top:14px}
ul{list-style:none;margin:6px 0 0;padding:0}li{margin:0}
a{display:block;color:var(--link);padding:9px 0;overflow-wrap:anywhere}
p{margin:8px 0 0}.soft{color:var(--soft)}.bad{color:var(--bad);font-weight:600}
.said{white-space:pre-line;background:var(--well);border-radius:10px;padding:12px 14px;
overflow-wrap:anywhere}
.trap{position:absolute;left:-9999px;height:1px;overflow:hidden}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
progress{width:100%;margin-top:12px;accent-color:var(--a)}
[hidden]{display:none!important}
@media(max-width:480px){dialog{inset:auto 0 0 0;width:100%;max-width:100%;max-height:92vh;
border-radius:14px 14px 0 0}}
@media(forced-colors:active){button{border-color:ButtonText}}
`;

export function dress(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  root.adoptedStyleSheets = [sheet];
}
