/** What a renderer makes; `composeMail` turns it into a mail. */
export interface Rendered {
  subject: string;
  text: string;
  html: string;
}
