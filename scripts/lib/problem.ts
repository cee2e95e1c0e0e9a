/**
 * Failure that the reader can do something about: the message states what happened, what was not touched and what to
 * do. Scripts print it without a stack and end with code 1.
 */
export class Problem extends Error {
  override name = 'Problem'
}
