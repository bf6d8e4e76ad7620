/**
 * The words by which mail programs introduce the mail that is answered: English, German, French,
 * Spanish, Swedish, and the neighbours whose programs write the same way (Danish, Norwegian, Dutch,
 * Italian, Portuguese).
 */

/** `On Tue, 18 Nov 2025 at 10:00, Bo <bo@b.example> wrote:`, all of it on one line. */
export const ATTRIBUTIONS: readonly RegExp[] = [
  /^On\s.{4,400}\swrote\s?:$/i,
  /^Am\s.{4,400}\sschrieb\b.{0,200}:$/i,
  /^Le\s.{4,400}\sa\s[ée]crit\s?:$/i,
  /^El\s.{4,400}\sescribi[óo]\s?:$/i,
  /^Den\s.{4,400}\s(?:skrev|følgende)\b.{0,200}:$/i,
  /^Op\s.{4,400}\s(?:schreef|heeft)\b.{0,200}:$/i,
  /^Il\s.{4,400}\sha\sscritto\s?:$/i,
  /^Em\s.{4,400}\sescreveu\s?:$/i,
  // The name first: `Bo Ek <bo@b.example> schrieb am 18.11.2025 um 10:00:`
  /^.{2,200}\s(?:wrote|schrieb|a [ée]crit|escribi[óo]|skrev|schreef|ha scritto|escreveu)\b.{0,100}:$/i,
  // The date first, without a word: `2025-11-18 10:00 GMT+01:00 Bo Ek <bo@b.example>:`
  /^\d{4}-\d\d-\d\d\s.{4,200}<[^<>\s]+@[^<>\s]+>\s?:$/,
];

/** An attribution may begin with these; lines that do not are not joined with the next ones. */
export const ATTRIBUTION_STARTS = /^(?:On|Am|Le|El|Den|Op|Il|Em)\s|<[^<>\s]+@[^<>\s]+>|\d{4}/;

/** A line that ends the reply whatever follows it. */
export const ORIGINAL_MESSAGE =
  /^-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Original-?Nachricht|Message d['’]origine|Message original|Mensaje original|Ursprungligt meddelande|Originalmeddelande|Oprindelig meddelelse|Opprinnelig melding|Oorspronkelijk bericht|Messaggio originale|Mensagem original)\s*-{2,}$/i;

/** What follows such a line is what the mail is about, so it is never folded. */
export const FORWARDED =
  /(?:Forwarded message|Begin forwarded message|Weitergeleitete Nachricht|Anfang der weitergeleiteten|Message transf[ée]r[ée]|D[ée]but du message|Mensaje reenviado|Inicio del mensaje|Vidarebefordrat (?:meddelande|brev)|Videresendt|Doorgestuurd bericht|Messaggio inoltrato)/i;

export const FORWARD_SUBJECT = /^\s*(?:fwd?|wg|tr|rv|vb|vs|enc|i|doorst|vl)\s*:/i;

/** The header lines that Outlook puts above the mail that is answered, by what they say. */
export const HEADER_LINES: readonly RegExp[] = [
  /^\*?(?:From|Von|De|Från|Fra|Van|Da)\s?:\*?\s/i,
  /^\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Skickat|Sendt|Dato|Verzonden|Inviato|Data)\s?:\*?\s/i,
  /^\*?(?:To|An|À|Para|Till|Til|Aan|A)\s?:\*?\s/i,
  /^\*?(?:Subject|Betreff|Objet|Asunto|Ämne|Emne|Onderwerp|Oggetto|Assunto)\s?:\*?(?:\s|$)/i,
];
