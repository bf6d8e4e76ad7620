/**
 * Start-up cannot go on, for a reason that whoever starts Postkeep can see and change. Its message
 * is written for that person, and is shown without a stack.
 */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}
