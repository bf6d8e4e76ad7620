import { createHash } from 'node:crypto';

/** The pages' only style sheet; it stands in each page, so that one answer is the whole page. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f8f7;--card:#fff;--text:#1e2527;--muted:#5b6668;
--line:#dfe5e4;--strong:#0f6454;--on-strong:#fff;--ours:#f0f7f5;--ours-line:#cfe3dd;
--bad:#a12c22;--field:#fff;--field-line:#8a9795}
@media (prefers-color-scheme:dark){:root{--bg:#14191a;--card:#1c2324;--text:#e6eceb;--muted:#a3b0ae;
--line:#323c3d;--strong:#6fd0b8;--on-strong:#0c1f1a;--ours:#1d2c29;--ours-line:#2f4a43;
--bad:#ff9d91;--field:#14191a;--field-line:#71807e}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);
font:16px/1.5 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:680px;margin:0 auto;padding:24px 16px 48px}
header.top{display:flex;gap:8px 16px;flex-wrap:wrap;justify-content:space-between;
color:var(--muted);margin-bottom:16px;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.25;margin:0 0 8px;overflow-wrap:anywhere}
h2{font-size:18px;line-height:1.3;margin:0 0 8px}
p{margin:0 0 12px}
a{color:var(--strong)}
section,.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px;
margin:0 0 16px}
.muted{color:var(--muted);font-size:14px}
.notice{border-left:4px solid var(--strong);background:var(--ours);padding:12px 16px;
border-radius:6px;margin:0 0 16px}
.problem{border-left-color:var(--bad);background:var(--card)}
ol.mails{list-style:none;margin:0 0 16px;padding:0}
ol.mails>li{background:var(--card);border:1px solid var(--line);border-radius:10px;
padding:14px 16px;margin:0 0 12px}
ol.mails>li.ours{background:var(--ours);border-color:var(--ours-line)}
.who{display:flex;gap:4px 12px;flex-wrap:wrap;justify-content:space-between;margin-bottom:6px;
overflow-wrap:anywhere}
.said{overflow-wrap:anywhere}
ul.files{list-style:none;margin:10px 0 0;padding:0}
ul.files a{display:inline-block;padding:10px 0;overflow-wrap:anywhere}
label{display:block;font-weight:600;margin:0 0 6px}
textarea,input[type=file]{display:block;width:100%;font:inherit;color:inherit;
background:var(--field);border:1px solid var(--field-line);border-radius:8px;padding:10px 12px;
margin:0 0 16px}
textarea{min-height:120px;resize:vertical}
fieldset{border:0;padding:0;margin:0 0 16px}
legend{font-weight:600;padding:0;margin:0 0 8px}
.scores{display:flex;flex-wrap:wrap;gap:8px}
.scores label{display:flex;align-items:center;gap:8px;min-height:48px;padding:8px 18px;margin:0;
border:1px solid var(--field-line);border-radius:8px;cursor:pointer;background:var(--field)}
.scores label:has(:checked){border-color:var(--strong);box-shadow:inset 0 0 0 1px var(--strong)}
input[type=radio]{accent-color:var(--strong);width:18px;height:18px;margin:0}
button{font:inherit;font-weight:600;min-height:48px;padding:10px 22px;border-radius:8px;
border:1px solid var(--strong);background:var(--strong);color:var(--on-strong);cursor:pointer}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
button+.muted{margin:12px 0 0}
button.quiet{background:transparent;color:var(--strong)}
:focus-visible{outline:3px solid var(--strong);outline-offset:2px}
`.replaceAll('\n', '');

const hash = createHash('sha256').update(STYLE).digest('base64');

/** No script at all, nothing of elsewhere, and forms that go nowhere else. */
export const POLICY =
  `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; ` +
  "frame-ancestors 'none'";
