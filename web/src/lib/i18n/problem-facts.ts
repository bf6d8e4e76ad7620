/** What a problem document says, ready to be put into a sentence. */
export interface ProblemFacts {
  /** The server's own sentence, in English. */
  said: string;
  owner: string | null;
  state: string | null;
  threat: string | null;
  /** The largest that is taken, as a person reads sizes. */
  max: string | null;
  /** The fields that are wrong, as the API calls them. */
  fields: string[];
  /** " Request 7f3a.", for somebody who looks into the server's log; else empty. */
  request: string;
}
