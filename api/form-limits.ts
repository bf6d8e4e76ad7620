/** Files of one contact form; more come by mail. */
export const FORM_FILES_MAX = 10;
