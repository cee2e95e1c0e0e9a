import { isRefusalKind } from '@/domain/conversation/reading-pace'
import { ImapFailure, type ListedMessage, type OpenedFolder } from '@/mail/imap/opened-mailbox'
import type { Refusals } from './refusals'

// Messages asked for at a time.
const AT_ONCE = 50

/** A message as the server lists it, or why this one is given up, which the server refuses. */
export type Listed = ListedMessage & { refused: ImapFailure | null }

export type Listing = ReturnType<typeof createListing>

type ListingOptions = { mustEnd: () => boolean; refusals: Refusals }

/** Messages of a folder in order, listed by fifty; each alone where the server refuses to list several. */
export function createListing(opened: OpenedFolder, uids: readonly number[], options: ListingOptions) {
  let asked = 0
  let isStopped = false
  const ahead: Listed[] = []
  const hasMore = () => ahead.length > 0 || (!isStopped && asked < uids.length)
  return {
    hasMore,
    /** The next one takes no question to the server. */
    isNextListed: () => ahead.length > 0,
    /** Null after the last one; what is gone from the server, or is asked for again later, is left out. @throws {ImapFailure} */
    next: async (): Promise<Listed | null> => {
      while (ahead.length === 0 && hasMore()) {
        const answer = await list(opened, uids.slice(asked, asked + AT_ONCE), options)
        asked += answer.asked
        isStopped ||= answer.stops
        ahead.push(...answer.listed)
      }
      return ahead.shift() ?? null
    },
    /** It is the next one again. */
    putBack: (one: Listed) => void ahead.unshift(one),
    /** The server gives nothing: no further question is asked. */
    stop: () => {
      isStopped = true
    },
    isStopped: () => isStopped,
    /** Those that were not asked for. */
    left: () => uids.slice(asked),
  }
}

/** `stops`: the server gives nothing at all. */
type Answer = { listed: Listed[]; asked: number; stops: boolean }

async function list(opened: OpenedFolder, uids: readonly number[], options: ListingOptions): Promise<Answer> {
  try {
    const listed = await opened.list(uids)
    options.refusals.given()
    return { listed: listed.map((one) => ({ ...one, refused: null })), asked: uids.length, stops: false }
  } catch (error) {
    if (!(error instanceof ImapFailure) || !isRefusalKind(error.kind)) throw error
    const [only, ...others] = uids
    if (only === undefined || others.length > 0) return listEachAlone(opened, uids, options)
    const listed = (await options.refusals.waits(only, error)) ? [] : [refusedOne(only, error)]
    return { listed, asked: 1, stops: false }
  }
}

async function listEachAlone(opened: OpenedFolder, uids: readonly number[], options: ListingOptions): Promise<Answer> {
  const answer: Answer = { listed: [], asked: 0, stops: false }
  let someGiven = false
  for (const uid of uids) {
    if (options.refusals.isPutOff()) return { ...answer, stops: true }
    if (someGiven && options.mustEnd()) return answer
    const { listed } = await list(opened, [uid], options)
    answer.listed.push(...listed)
    answer.asked++
    someGiven ||= listed.some(({ refused }) => refused === null)
  }
  return { ...answer, stops: answer.listed.length === 0 }
}

const refusedOne = (uid: number, refused: ImapFailure): Listed => ({
  uid,
  size: 0,
  receivedAt: new Date(Number.NaN),
  isDraft: false,
  beginning: new Uint8Array(),
  refused,
})
