/** An answer as a stranger's program sees it. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Answers of the system under test are looked at as they come.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}
