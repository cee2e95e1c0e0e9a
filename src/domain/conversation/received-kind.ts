/** What a stored message is. */
export const RECEIVED_KINDS = [
  'bounce',
  'complaint',
  'automatic',
  'out_of_office',
  'stop_request',
  'human',
  'own',
  'unreadable',
] as const
export type ReceivedKind = (typeof RECEIVED_KINDS)[number]

/** The kind of a row; one that a later version wrote is as good as unreadable. */
export const readReceivedKind = (stored: string): ReceivedKind =>
  RECEIVED_KINDS.find((kind) => kind === stored) ?? 'unreadable'
