import { describe, expect, it } from 'vitest'
import type { MassAct, MassPreview } from '@/components/leads/api-types'
import { consequences, detailWords } from '@/components/leads/mass/mass-text'

const NONE: Extract<MassPreview, { isCounted: true }> = {
  total: 9,
  isCounted: true,
  already: 0,
  emails: null,
  replies: null,
  leftOut: {},
}
const EMAILS = { planned: 0, held: 0, sending: 0, sent: 0, campaigns: 0 }

describe('what an act is said to do', () => {
  it('names emails that are skipped, and apart from them those whose fate is open', () => {
    const emails = { ...EMAILS, planned: 12, held: 1, sending: 2, campaigns: 2 }
    expect(consequences({ kind: 'status', status: 'replied' }, { ...NONE, already: 1, emails })).toEqual([
      '1 is that already and stays as it is.',
      '12 planned emails in 2 campaigns will be skipped.',
      '1 held email stays as it is: nobody knows whether it left.',
      '2 emails are being sent right now.',
      'Campaigns that go on after a reply keep theirs.',
      'Going back to another status does not plan emails again.',
    ])
  })

  it('says what leaving a batch means to the campaigns of it', () => {
    const emails = { ...EMAILS, planned: 6, campaigns: 1 }
    const stay = [
      'Campaigns that start with this batch from now on leave them out.',
      'The leads stay, also in other batches. Undo puts them back.',
    ]
    expect(consequences({ kind: 'leave' }, { ...NONE, emails })).toEqual([
      '6 emails that a campaign of this batch has planned for them stay planned: a campaign keeps the leads it was planned with. Change the campaign to take leads out of it.',
      ...stay,
    ])
    expect(consequences({ kind: 'leave' }, { ...NONE, emails: EMAILS })).toEqual(stay)
  })

  it('names replies that would never leave, and whom a deletion leaves', () => {
    const emails = { ...EMAILS, planned: 8, held: 1, sent: 3, campaigns: 2 }
    const said = { ...NONE, emails, replies: { waiting: 2 }, leftOut: { sending: 2, held_reply: 1 } }
    expect(consequences({ kind: 'delete' }, said)).toEqual([
      'With them go 8 planned emails, 1 held email and the record of 3 sent emails, in 2 campaigns.',
      '2 replies that waited to be sent will never leave.',
      '2 leads are left out if nothing changes: an email or a reply to them is being sent right now.',
      '1 lead is left out: of a reply to it nobody knows whether it left. Say in the inbox what became of it first.',
      'Batches, campaigns and the suppression list stay. Of each address only a keyed hash is kept. This cannot be undone.',
    ])
  })
})

describe('what an act is said to have done', () => {
  const act = {
    id: 'a',
    kind: 'delete',
    choice: {},
    state: 'failed',
    total: 20,
    done: 10,
    changed: 6,
    emailsSkipped: 9,
    repliesDropped: 1,
    leftOut: { gone: 1, no_match: 1, sending: 2 },
    failure: 'The next step failed 5 times in a row, so this was ended.',
    undoes: null,
    createdAt: new Date(0),
    endedAt: new Date(0),
    actorName: null,
    batchName: null,
    undoable: false,
    undone: false,
  } satisfies MassAct

  it('accounts for every lead, and says what was not touched', () => {
    expect(detailWords(act)).toEqual([
      '9 planned or held emails deleted with them',
      '1 reply that waited to be sent will never leave',
      '1 left out: deleted meanwhile',
      '1 left out: did not match any more',
      '2 left out: an email or a reply to them was being sent',
      'The next step failed 5 times in a row, so this was ended',
      '10 to go, which stay as they were',
    ])
  })
})
