import { describe, expect, it } from 'vitest'
import { reportsFor } from '@/domain/conversation/bounce/bounce'
import { recipientsOfReport } from '@/domain/conversation/bounce/delivery-status'
import { severityOf } from '@/domain/conversation/bounce/verdict'

const failed = (status: string, diagnostic: string) => severityOf({ action: 'failed', status, diagnostic })

describe('how severe a report is', () => {
  it.each([
    ['5.1.1', '550 5.1.1 <ada@x.example>: Recipient address rejected: User unknown', 'hard'],
    ['5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup', 'hard'],
    ['5.4.1', '550 5.4.1 Recipient address rejected: Access denied.', 'hard'],
    ['5.0.0', '550 Mailbox is frozen', 'hard'],
    ['5.2.1', '550-5.2.1 The email account that you tried to reach is disabled.', 'hard'],
    ['5.7.1', '550 5.7.1 No such user!', 'hard'],
    [
      '4.0.0',
      "DNS Error: DNS type 'mx' lookup of x.example responded with code NXDOMAIN Domain name not found: x.example",
      'hard',
    ],
    ['5.1.1', '', 'hard'],
    ['5.2.2', '552 5.2.2 Mailbox full', 'soft'],
    [
      '5.2.1',
      '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents delivery',
      'soft',
    ],
    ['4.4.7', '', 'soft'],
    ['4.4.1', 'connect to mx.x.example[192.0.2.1]:25: Connection timed out', 'soft'],
    ['5.3.4', '552 5.3.4 Message size exceeds fixed limit', 'soft'],
    ['4.2.0', '450 4.2.0 Greylisted', 'soft'],
    ['4.3.0', '421 4.3.0 Temporary system problem', 'soft'],
    [
      '5.7.26',
      "550-5.7.26 Unauthenticated email from nexa.example is not accepted due to domain's DMARC policy.",
      'policy',
    ],
    ['5.7.1', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org', 'policy'],
    ['5.7.1', '550 5.7.1 Message rejected as spam', 'policy'],
    [
      '5.7.129',
      '550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to send to recipient',
      'policy',
    ],
    ['5.0.0', '554 Message rejected: Email address is not verified.', 'policy'],
    ['5.1.8', '553 5.1.8 Domain of sender address does not exist', 'policy'],
    ['5.7.606', '550 5.7.606 Access denied, banned sending IP [192.0.2.1].', 'policy'],
    ['4.7.0', '421 4.7.0 [TSS04] Messages temporarily deferred due to user complaints', 'policy'],
  ])('%s, %j is %s', (status, diagnostic, severity) => {
    expect(failed(status, diagnostic)).toBe(severity)
  })

  it('is delayed while a server goes on trying, whatever it says, and delivered when it has done so', () => {
    expect(severityOf({ action: 'delayed', status: '5.1.1', diagnostic: '550 5.1.1 User unknown' })).toBe('delayed')
    expect(severityOf({ action: '', status: '4.4.1', diagnostic: '' })).toBe('delayed')
    for (const action of ['delivered', 'relayed', 'expanded'])
      expect(severityOf({ action, status: '2.0.0', diagnostic: '' })).toBe('delivered')
  })

  it('suppresses nobody for a report that gives no reason', () => {
    expect(failed('', 'Your message could not be delivered.')).toBe('soft')
  })
})

describe('reports by recipient', () => {
  it('are read block by block, whatever stands between them', () => {
    const report =
      'Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; Ada@X.example\nAction: failed\nStatus: 5.1.1 (bad mailbox)\nDiagnostic-Code: smtp; 550\n  user unknown\nFinal-Recipient: rfc822;bob@x.example\nAction: delayed\nStatus: 4.2.2\n\n\nOriginal-Recipient: rfc822;eve@x.example\nAction: failed\nStatus: 5.0.0'
    expect(recipientsOfReport(report)).toEqual([
      { addresses: ['ada@x.example'], action: 'failed', status: '5.1.1', diagnostic: '550 user unknown' },
      { addresses: ['bob@x.example'], action: 'delayed', status: '4.2.2', diagnostic: '' },
      { addresses: ['eve@x.example'], action: 'failed', status: '5.0.0', diagnostic: '' },
    ])
  })

  it('speak of an address by its own block, by the only one, or not at all', () => {
    const one = { addresses: ['ada@x.example'], severity: 'hard' as const, status: '', words: '' }
    const two = { ...one, addresses: ['bob@x.example'], severity: 'soft' as const }
    const of = (recipients: (typeof one | typeof two)[], ...addresses: string[]) =>
      reportsFor({ kind: 'bounce', recipients }, addresses)
    const [ada, bob, other] = ['ada@x.example', 'bob@x.example', 'forwarded@y.example']
    expect(of([one, two], bob)).toEqual([{ ...two, address: bob }])
    expect(of([one], other)).toEqual([{ ...one, address: other }])
    expect(of([one, two], other)).toEqual([])
    expect(of([one, two], other, bob, ada)).toEqual([
      { ...two, address: bob },
      { ...one, address: ada },
    ])
    expect(of([one], bob, other)).toBeNull()
  })
})
