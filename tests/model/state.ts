import type { Entered } from './counts'
import type { Window } from './window'
import type { Answer } from './wire'

/** What the model remembers: people and things that know each other, under the numbers that the database has ids for. */
export type Status = 'pending' | 'sending' | 'held' | 'sent' | 'failed' | 'skipped' | 'cancelled'
export type CampaignStatus = 'draft' | 'scheduled' | 'running' | 'paused' | 'completed' | 'failed'

export type Email = {
  campaign: Campaign
  lead: Lead
  step: number
  box: Mailbox
  plannedAt: number
  due: number
  status: Status
  /** Why it failed, is held or was skipped. */
  reason: string | null
  /** Why it is not sent yet. */
  wait: string | null
  tries: number
  claim: number
  sentAt: number | null
  heldAt: number | null
  since: number | null
  lease: number | null
  endedAt: number | null
  /** How often a server took the whole message. */
  arrived: number
  /** The address on its record; null where nothing is recorded. */
  to: string | null
}

/**
 * `contactedAt`: apart from the emails that are there; of somebody who was deleted and came back. `writtenAt`: when anything of it was
 * written last; null where nothing was since the life began.
 */
export type Lead = {
  number: number
  email: string
  status: string
  contactedAt: number | null
  company: string | null
  awayUntil: number | null
  writtenAt: number | null
}

/** A row that was imported, and what it did: the company in it is always its lead's own. `lead`: null where it was left out. */
export type Import = {
  lead: Lead | null
  batch: number
  added: boolean
  joined: boolean
  /** It gave the lead its company, or said it while another import held the lead. */
  gave: boolean
  said: boolean
  at: number
  /** By the machine's clock. */
  endedAt: number
  /** What was planned by then. */
  before: ReadonlySet<Email>
  /** Of a lead that it added: nobody has changed it while it was written last then. */
  asOf: number
  isOver: boolean
}

/** An act on many leads. `noted`: whose status it changed, with the one before; `skipped`: so many emails. */
export type MassAct = {
  status: string | null
  noted: { lead: Lead; was: string }[]
  at: number
  skipped: number
  isUndone: boolean
}

export type MessageKind = 'human' | 'stop_request' | 'out_of_office' | 'automatic' | 'bounce' | 'complaint' | 'own'
/** What a mailbox got about an email, as a person may correct it. */
export type Message = {
  kind: MessageKind
  email: Email
  box: Mailbox
  from: string
  /** False where a person has to say whether it is a wish to stop. */
  sure: boolean
  corrected: boolean
  /** When it came, or was corrected last. */
  at: number
  /** The domain that it has stopped in its campaign. */
  company: string | null
  did: Did
}
/** What a message did, to be taken back. */
export type Did = {
  status: { from: string; to: string } | null
  skipped: Email[]
  /** With their time before. */
  deferred: Map<Email, number>
  away: { from: number | null; to: number } | null
  /** Addresses that it put on the list. */
  listed: string[]
  bounced: number | null
}

/** What an email was claimed for. It counts against the limits of `days` until it turns out not to have left. */
export type Claim = { email: Email; token: number; to: string; days: readonly string[]; counts: boolean }

/** What a refusal may be about beside its recipient. */
export type Suspect = 'mailbox' | 'content' | 'size'
/** An email that the server of its mailbox refused for what may not be its recipient's fault, or put off (`words` null). */
export type Refused = {
  token: number
  suspect: Suspect
  words: string | null
  putBacks: number
  /** Another email was accepted since. */
  othersPassed: boolean
  /** It came back when its campaign was paused, and counts against its mailbox alone. */
  returned: boolean
}
/** Who turned out to be at fault for refusals: a campaign, or the mailbox (null). */
export type Culprit = Pick<Refused, 'suspect' | 'words'> & { campaign: Campaign | null }

/** Emails that a mailbox may send on its first local date, and how many more on each date after it on which it sends. */
export type Ramp = { start: number; step: number; from: string }
/** One as it is entered: its first day may be left open. */
export type Growth = Omit<Ramp, 'from'> & { from?: string }

export type Mailbox = {
  number: number
  limit: number | null
  /** It begins with fewer. */
  ramp: Ramp | null
  window: Window
  gap: number
  health: string
  coolUntil: number | null
  failures: number
  nextAt: number | null
  saves: number
  /** Its answers are read. */
  reads: boolean
  /** When they were, by the machine's clock. */
  readAt: number | null
  /** Since it last accepted. */
  refused: Map<Email, Refused>
}

export type Campaign = {
  number: number
  status: CampaignStatus
  startsAt: number | null
  resumedAt: number | null
  zone: string
  days: readonly number[]
  limit: number | null
  boxes: readonly Mailbox[]
  /** Numbers: a batch can be deleted. */
  batches: readonly number[]
  /** The highest that was sent. */
  step: number
  /** By a person. */
  stopped: boolean
  /** The reply of a lead ends the sequences of others at its company, too. */
  stopCompany: boolean
  /** Leads that a person has taken out of it, who get nothing more, and when. */
  out: Map<Lead, number>
}

export type Settings = {
  maxAttempts: number
  heldHours: number
  heldChoice: 'delivered' | 'again'
  /** They hold the postal address that every email carries. */
  address: boolean
  saves: number
}

export type Model = {
  now: number
  real: number
  chance: number
  settings: Settings
  emails: Email[]
  leads: Map<number, Lead>
  boxes: Mailbox[]
  campaigns: Map<number, Campaign>
  /** Who is in each batch. */
  batches: Map<number, Set<Lead>>
  /** By a message alone, which a person may correct, or by anything else. */
  suppressed: Map<string, 'message' | 'other'>
  messages: Message[]
  imports: Import[]
  acts: MassAct[]
  claims: Claim[]
  /** What left each mailbox in each hour, and what of it came back. */
  hours: Map<string, { emails: number; bounces: number }>
  /** What stays of addresses that left their leads, by an edit or a deletion: when they were emailed and what they said. */
  erased: Map<string, { contactedAt: number | null; status: string | null }>
  entered: Entered
}

export type Verdict = Answer | 'lost_before'
/** What a server's answer means: for the email (the first five), or for its mailbox. */
export type Meaning = 'sent' | 'held' | 'failed' | 'retry' | 'template' | 'stop' | 'cool_down' | 'next_day'
/** `reason`: in whose words; `ours later` where those of many show that they are about the mailbox. */
export type Judged = { email: Email; token: number; verdict: Verdict; means: Meaning; reason: string }

/** Emails that one worker has on the wire at once, with what the server says to each. */
export type Batch = {
  box: Mailbox
  /** What its job has looked at by then. */
  campaigns: Campaign[]
  emails: Judged[]
  memory: Memory
}
/** What a job has read of its mailbox, and what it has learned since. */
export type Memory = Pick<Mailbox, 'health' | 'failures' | 'saves' | 'refused'> & {
  culprits: Culprit[]
  /** An email has left since the failures that were read; of those met since, the last. */
  passed: boolean
  trouble: Meaning | null
  settings: number
}
