import { describe, expect, it } from 'vitest'
import {
  alignedWith,
  dkimCheck,
  dmarcCheck,
  dmarcNames,
  mxCheck,
  spfCheck,
  spfTargets,
  type Texts,
} from '@/domain/mailbox/sender-records'

const DOMAIN = 'nexa.com'
const GOOGLE = '_spf.google.com'
const spf = (texts: Texts, change: Partial<Parameters<typeof spfCheck>[1]> = {}) =>
  spfCheck(DOMAIN, { texts, included: new Map(), needed: null, host: null, ...change })
const seen = ({ outcome, details }: ReturnType<typeof spfCheck>) => [outcome, details?.copy?.value ?? null]

describe('the MX record', () => {
  it.each([
    [['a.nexa.com', 'b.nexa.com'], 'ok'],
    [[''], 'wrong'],
    [[], 'missing'],
    [null, 'unknown'],
  ])('%o is %s', (hosts, outcome) => {
    expect(mxCheck(DOMAIN, hosts).outcome).toBe(outcome)
  })
})

describe('the SPF record', () => {
  it('is missing among other texts, and is made for the provider, the server, or the servers that take email', () => {
    const others = ['google-site-verification=x', 'v=spf10 all']
    expect(seen(spf(others, { needed: GOOGLE }))).toEqual(['missing', `v=spf1 include:${GOOGLE} ~all`])
    expect(seen(spf(others, { host: 'smtp.nexa.com' }))).toEqual(['missing', 'v=spf1 mx a:smtp.nexa.com ~all'])
    expect(seen(spf([]))).toEqual(['missing', 'v=spf1 mx ~all'])
  })

  it('is not known where nobody answers, also for a part that it leads to', () => {
    expect(seen(spf(null, { needed: GOOGLE }))).toEqual(['unknown', null])
    const included = new Map([['spf.other.com', null]])
    expect(seen(spf(['v=spf1 include:spf.other.com ~all'], { needed: GOOGLE, included }))).toEqual(['unknown', null])
    // What was found decides without the rest.
    const both = new Map([...included, [GOOGLE, 'v=spf1 ~all'] as const])
    expect(
      seen(spf([`v=spf1 include:spf.other.com include:${GOOGLE} ~all`], { needed: GOOGLE, included: both })),
    ).toEqual(['ok', null])
  })

  it('names the provider itself or by way of others, or is to be replaced by one that does', () => {
    const included = new Map([
      ['spf.agency.com', `v=spf1 include:${GOOGLE} ~all`],
      [GOOGLE, 'v=spf1 ~all'],
    ])
    expect(seen(spf(['v=spf1 include:spf.agency.com -all'], { needed: GOOGLE, included }))).toEqual(['ok', null])
    expect(seen(spf(['v=spf1 ip4:192.0.2.1 -all'], { needed: GOOGLE }))).toEqual([
      'wrong',
      `v=spf1 ip4:192.0.2.1 include:${GOOGLE} -all`,
    ])
    expect(seen(spf(['v=spf1 mx'], { needed: GOOGLE }))).toEqual(['wrong', `v=spf1 mx include:${GOOGLE}`])
    expect(seen(spf(['v=spf1 redirect=_spf.a.com'], { needed: GOOGLE }))).toEqual([
      'wrong',
      `v=spf1 include:${GOOGLE} redirect=_spf.a.com`,
    ])
  })

  it('is wrong where there are two, where everybody may send, and past ten look-ups', () => {
    expect(seen(spf(['v=spf1 mx ~all', 'v=spf1 a ~all']))[0]).toBe('wrong')
    expect(seen(spf(['v=spf1 mx +all']))).toEqual(['wrong', 'v=spf1 mx ~all'])
    expect(seen(spf(['v=spf1 mx all']))).toEqual(['wrong', 'v=spf1 mx ~all'])
    const many = (count: number) =>
      `v=spf1 ${Array.from({ length: count }, (_, i) => `include:a${i}.com`).join(' ')} ~all`
    expect(seen(spf([many(10)]))[0]).toBe('ok')
    expect(seen(spf([many(11)]))[0]).toBe('wrong')
    // Those of what it leads to count as well.
    expect(
      seen(spf([many(6)], { included: new Map([['a0.com', 'v=spf1 a mx exists:x.com ptr a:b.com -all']]) }))[0],
    ).toBe('wrong')
  })

  it('leads to includes and redirects, not to what only the receiver can name', () => {
    expect(spfTargets('v=spf1 include:A.com. ?include:b.com include:%{d}.c.com a:d.com redirect=e.com')).toEqual([
      'a.com',
      'b.com',
      'e.com',
    ])
  })
})

describe('the DKIM key', () => {
  const signedBy = [{ domain: 'mail.nexa.com', selector: 's1' }]
  const at = (texts: Texts) => dkimCheck(DOMAIN, signedBy, new Map([['s1._domainkey.mail.nexa.com', texts]])).outcome

  it.each<[Texts, string]>([
    [['v=DKIM1; k=rsa; p=MIGf'], 'ok'],
    [['k=rsa;p=MIGf'], 'ok'],
    [['v=DKIM1; p='], 'wrong'],
    [['v=DKIM1; p=; k=rsa'], 'wrong'],
    [['hello'], 'missing'],
    [[], 'missing'],
    [null, 'unknown'],
  ])('%o is %s', (texts, outcome) => {
    expect(at(texts)).toBe(outcome)
  })

  it('is not known before an email came back, and missing where nobody of the organisation signed it', () => {
    expect(dkimCheck(DOMAIN, null, new Map()).outcome).toBe('unknown')
    expect(dkimCheck(DOMAIN, [], new Map()).outcome).toBe('missing')
    const strange = [{ domain: 'nexa.com.evil.com', selector: 's1' }]
    expect(dkimCheck(DOMAIN, strange, new Map()).outcome).toBe('missing')
    const all = [...strange, { domain: 'other.co.uk', selector: 'x' }, { domain: 'a.nexa.co.uk', selector: 'y' }]
    expect(alignedWith('mail.nexa.co.uk', all)).toEqual([{ domain: 'a.nexa.co.uk', selector: 'y' }])
  })
})

describe('the DMARC record', () => {
  const dmarc = (...texts: Texts[]) => dmarcCheck(DOMAIN, 'sam@nexa.com', texts)

  it.each<[string, Texts[], string]>([
    ['a policy', [['v=DMARC1; p=reject']], 'ok'],
    ['that of the organisation', [[], ['v=DMARC1;p=none']], 'ok'],
    ['no policy', [['v=DMARC1; rua=mailto:a@b.com']], 'wrong'],
    ['an unknown policy', [['v=DMARC1; p=maybe']], 'wrong'],
    ['two', [['v=DMARC1; p=none', 'v=DMARC1; p=reject']], 'wrong'],
    ['nothing of the kind', [['v=DMARC10; p=none'], []], 'missing'],
    ['no answer', [null, ['v=DMARC1; p=none']], 'unknown'],
    ['no answer of the organisation', [[], null], 'unknown'],
  ])('%s', (_what, texts, outcome) => {
    expect(dmarc(...texts).outcome).toBe(outcome)
  })

  it('is proposed where it is missing, and looked for at the domain, then at its organisation', () => {
    expect(dmarc([]).details?.copy).toEqual({
      host: '_dmarc.nexa.com',
      type: 'TXT',
      value: 'v=DMARC1; p=none; rua=mailto:sam@nexa.com',
    })
    expect(dmarcNames('mail.nexa.co.uk')).toEqual(['_dmarc.mail.nexa.co.uk', '_dmarc.nexa.co.uk'])
    expect(dmarcNames(DOMAIN)).toEqual(['_dmarc.nexa.com'])
  })
})
