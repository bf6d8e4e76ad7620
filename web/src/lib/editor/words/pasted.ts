/** Pictures of ours keep the address that the server knows them by, wherever they were copied. */
export function linksWithin(html: string, origin: string): string {
  const own = `${origin}/api/v1/attachments/`;
  return html.replaceAll(`src="${own}`, 'src="/api/v1/attachments/');
}

/** What mail programs show within a mail; SVG is a document, and HEIC is shown by few. */
const PICTURE = /^image\/(?:png|jpe?g|gif|webp)$/;

export function isPicture(file: File): boolean {
  return PICTURE.test(file.type);
}
