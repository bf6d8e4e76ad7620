/**
 * The words by which mail programs introduce the mail that is answered: English, German, French,
 * Spanish, Swedish, and the neighbours whose programs write the same way (Danish, Norwegian, Dutch,
 * Italian, Portuguese).
 */

/** `On Tue, 18 Nov 2025 at 10:00, Bo <bo@b.example> wrote:`, all of it on one line. */
export const ATTRIBUTIONS: readonly RegExp[] = [
  /^On\s.{4,400}\swrote\s?:$/i,
  /^Am\s.{4,400}\s(?:schrieb|geschrieben)\b.{0,200}:$/i,
  /^Le\s.{4,400}\sa\s[ée]crit\s?:$/i,
  /^E[ln]\s.{4,400}\sescribi[óo]\s?:$/i,
  /^Den\s.{4,400}\s(?:skrev|følgende)\b.{0,200}:$/i,
  /^Op\s.{4,400}\s(?:schreef|heeft)\b.{0,200}:$/i,
  /^Il\s.{4,400}\sha\sscritto\s?:$/i,
  /^(?:Em|No dia)\s.{4,400}\sescreveu\s?:$/i,
  /^.{4,400}\skirjoitti\b.{0,60}:$/i,
  // The name or the date first: `Bo Ek <bo@b.example> schrieb am 18.11.2025 um 10:00:`
  /^.{2,200}\s(?:wrote|schrieb|a [ée]crit|escribi[óo]|skrev|schreef|ha scritto|escreveu)\b.{0,100}:$/i,
  // The date first, without a word: `2025-11-18 10:00 GMT+01:00 Bo Ek <bo@b.example>:`
  /^\d{4}-\d\d-\d\d\s.{4,200}<[^<>\s]+@[^<>\s]+>\s?:$/,
];

/** An attribution may begin with these; lines that do not are not joined with the next ones. */
export const ATTRIBUTION_STARTS =
  /^(?:On|Am|Le|E[ln]|Den|Op|Il|Em|No dia)\s|^[a-zæøåä]{2,5}\.? \d|<[^<>\s]+@[^<>\s]+>|\d{4}/;

/** What follows such a line is what the mail is about, so it is never folded. */
const FORWARD_WORDS = [
  ...['Forwarded message', 'Begin forwarded message', 'Weitergeleitete Nachricht'],
  ...['Anfang der weitergeleiteten (?:Nachricht|E-?Mail)', 'Message (?:transf[ée]r[ée]|réexpédié)'],
  ...['D[ée]but du message (?:transf[ée]r[ée]|réexpédié)', 'Mensaje reenviado'],
  ...['Inicio del mensaje (?:reenviado|transmitido)', 'Vidarebefordrat (?:meddelande|brev|mejl)'],
  ...['(?:Start|Början) (?:på|av) (?:det )?vidarebefordra[dt]e? .{1,20}'],
  ...['Videresendt (?:besked|meddelelse|melding|e-?post)', 'Doorgestuurd bericht'],
  ...['(?:Start|Begin) (?:van )?doorgestuurd bericht', 'Messaggio inoltrato'],
  ...['Inizio(?: del)? messaggio inoltrato', 'Mensagem (?:encaminhada|reencaminhada)'],
  ...[
    'In[ií]cio da mensagem (?:encaminhada|reencaminhada)',
    '(?:Välitetty|Edelleenlähetetty) viesti',
  ],
];
export const FORWARDED = new RegExp(`^[-–—_*\\s]*(?:${FORWARD_WORDS.join('|')})[-–—_*\\s:]*$`, 'i');

export const FORWARD_SUBJECT = /^\s*(?:fwd?|wg|tr|rv|vb|vs|enc|i|doorst|vl)\s*:/i;

/** A line that ends the reply whatever follows it. */
const ORIGINAL_WORDS = [
  ...['Original Message', 'Ursprüngliche Nachricht', 'Original-?Nachricht', 'Message original'],
  ...["Message d['’]origine", 'Mensaje original', 'Ursprungligt meddelande', 'Originalmeddelande'],
  ...['Oprindelig (?:meddelelse|besked)', 'Opprinnelig melding', 'Oorspronkelijk bericht'],
  ...['Messaggio originale', 'Mensagem original', 'Alkuperäinen viesti'],
];
export const ORIGINAL_MESSAGE = new RegExp(
  `^-{2,}\\s*(?:${ORIGINAL_WORDS.join('|')})\\s*-{2,}$`,
  'i',
);

/** The header lines that Outlook puts above the mail that is answered, by what they say. */
export const HEADER_LINES: readonly RegExp[] = [
  /^\*?(?:From|Von|De|Från|Fra|Van|Da|Lähettäjä)\s?:\*?\s/i,
  /^\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Skickat|Sendt|Dato|Verzonden|Inviato|Data|Lähetetty|Päivämäärä)\s?:\*?\s/i,
  /^\*?(?:To|An|À|Para|Till|Til|Aan|A|Vastaanottaja)\s?:\*?\s/i,
  /^\*?(?:Subject|Betreff|Objet|Asunto|Ämne|Emne|Onderwerp|Oggetto|Assunto|Aihe)\s?:\*?(?:\s|$)/i,
];

/** How programs on telephones say that they wrote the last line. */
const MOBILE_STARTS = [
  ...['Sent (?:from|via|with)', 'Get Outlook', 'Von mein(?:em|er)', 'Gesendet (?:von|mit|aus)'],
  ...[
    'Diese Nachricht wurde von',
    'Holen Sie sich',
    'Outlook (?:für|voor)',
    'Envoyé (?:de|depuis|à)',
  ],
  ...['Obtenir', 'Télécharger', 'Enviado (?:desde|do|de|a partir)', 'Obtener', 'Obter'],
  ...[
    'Skickat från',
    'Skickades från',
    'Hämta',
    'Verstuurd (?:vanaf|via)',
    'Verzonden (?:vanaf|met)',
  ],
  ...['Inviato da', 'Scarica', 'Sendt fra', 'Hent', 'Skaff deg', 'Få', 'Lähetetty', 'Hanki'],
];
const MOBILE_THINGS = [
  ...['iPhone', 'iPad', 'iPod', 'iOS', 'Android', 'Galaxy', 'Samsung', 'Huawei', 'Xiaomi', 'Pixel'],
  ...['Smartphone', 'Handy', 'Mobile', 'Mobil', 'Mobiltelefon', 'Telefon', 'Tablet', 'portable'],
  ...['móvil', 'celular', 'téléphone', 'puhelimesta', 'BlackBerry', 'Outlook', 'Yahoo', 'Proton'],
  ...['GMX', 'WEB\\.DE', 'Spark', 'Windows', 'Mail'],
];
export const MOBILE_SIGNATURE = new RegExp(
  `^(?:${MOBILE_STARTS.join('|')})(?=\\s).{0,60}(?:${MOBILE_THINGS.join('|')}).{0,60}$`,
  'i',
);
