/** The desk is an application behind a sign-in: there is nothing to render on the server. */
export const ssr = false;
