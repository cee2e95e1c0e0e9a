import { ImapFailure, type ListedMessage, type OpenedFolder } from '@/mail/imap/opened-mailbox'

// Messages asked for at a time.
const AT_ONCE = 50

/** A message as the server lists it, or that it refuses this one. */
export type Listed = ListedMessage & { refused: ImapFailure | null }

export type Listing = ReturnType<typeof createListing>

/** The server refuses each of several messages: it is the folder that is refused, or all of them are damaged. */
export class AllRefused extends ImapFailure {
  constructor({ message, said }: ImapFailure) {
    super('message', message, said)
  }
}

/** `areDamaged`: where every single one is refused, they are passed over like one among others. */
type ListingOptions = { mustEnd: () => boolean; areDamaged: boolean }

/** Messages of a folder in order, listed by fifty; each alone where the server refuses to list several. */
export function createListing(opened: OpenedFolder, uids: readonly number[], options: ListingOptions) {
  let asked = 0
  const ahead: Listed[] = []
  return {
    hasMore: () => ahead.length > 0 || asked < uids.length,
    /** The next one takes no question to the server. */
    isNextListed: () => ahead.length > 0,
    /** Null after the last one; what is gone from the server is left out. @throws {ImapFailure} {AllRefused} */
    next: async (): Promise<Listed | null> => {
      while (ahead.length === 0 && asked < uids.length) {
        const answer = await list(opened, uids.slice(asked, asked + AT_ONCE), options)
        asked += answer.asked
        ahead.push(...answer.listed)
      }
      return ahead.shift() ?? null
    },
    /** It is the next one again. */
    putBack: (one: Listed) => void ahead.unshift(one),
  }
}

type Answer = { listed: Listed[]; asked: number }

async function list(opened: OpenedFolder, uids: readonly number[], options: ListingOptions): Promise<Answer> {
  try {
    const listed = await opened.list(uids)
    return { listed: listed.map((one) => ({ ...one, refused: null })), asked: uids.length }
  } catch (error) {
    if (!isRefusal(error)) throw error
    const [only, ...others] = uids
    if (only !== undefined && others.length === 0) return { listed: [refusedOne(only, error)], asked: 1 }
    return listEachAlone(opened, uids, { ...options, error })
  }
}

async function listEachAlone(
  opened: OpenedFolder,
  uids: readonly number[],
  { error, ...options }: ListingOptions & { error: ImapFailure },
): Promise<Answer> {
  const answer: Answer = { listed: [], asked: 0 }
  let someGiven = false
  for (const uid of uids) {
    if (someGiven && options.mustEnd()) break
    const { listed } = await list(opened, [uid], options)
    answer.listed.push(...listed)
    answer.asked++
    someGiven ||= listed.every(({ refused }) => refused === null)
  }
  if (!someGiven && !options.areDamaged) throw new AllRefused(error)
  return answer
}

const isRefusal = (error: unknown): error is ImapFailure => error instanceof ImapFailure && error.kind === 'message'

const refusedOne = (uid: number, refused: ImapFailure): Listed => ({
  uid,
  size: 0,
  receivedAt: new Date(Number.NaN),
  isDraft: false,
  beginning: new Uint8Array(),
  refused,
})
