import { describe, expect, it } from 'vitest'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { sortFound } from '@/domain/lead-generation/sort-found'

const found = (sourceRef: string, email: string | null, more: Partial<FoundLead> = {}): FoundLead => ({
  sourceRef,
  email,
  emailConfidence: null,
  emailInvalid: false,
  fieldsToClear: [],
  companyName: null,
  contactName: null,
  firstName: null,
  lastName: null,
  jobTitle: null,
  phone: null,
  website: null,
  industry: null,
  city: null,
  country: null,
  linkedinUrl: null,
  ...more,
})
const refsOf = (drafts: { sourceRef: string }[]) => drafts.map(({ sourceRef }) => sourceRef)

describe('sorting an answer of a lead source', () => {
  it('takes a person once: neither the same address nor the same reference comes again', () => {
    const sorted = sortFound(
      [
        found('1', 'ada@x.example'),
        found('2', ' ADA@x.example'),
        found('1', 'ada@home.example'),
        found('3', 'bo@x.example'),
      ],
      9,
    )
    expect(refsOf(sorted.drafts)).toEqual(['1', '3'])
    expect(sorted.repeated).toBe(2)
  })

  it('counts each of them in one place: up to the wanted number as lead, repeated or invalid, beyond it as over the cap', () => {
    const answer = [
      found('1', 'ada@x.example'),
      found('2', null),
      found('3', 'no address'),
      found('4', 'bo@x.example', { emailInvalid: true }),
      found('5', 'ada@x.example'),
      found('6', 'cy@x.example'),
      found('7', 'di@x.example'),
    ]
    const { drafts, ...counts } = sortFound(answer, 6)
    expect(refsOf(drafts)).toEqual(['1', '6'])
    expect(counts).toEqual({ repeated: 1, invalid: 3, noAddress: 1, overCap: 1 })
    expect(sortFound(answer, 0)).toEqual({ drafts: [], repeated: 0, invalid: 0, noAddress: 0, overCap: 7 })
  })

  it('leaves out what a source says at too great length, and keeps the person', () => {
    const { drafts } = sortFound([found('1', 'ada@x.example', { jobTitle: 'x'.repeat(501), city: 'y'.repeat(500) })], 1)
    expect(drafts).toMatchObject([{ lead: { jobTitle: null, city: 'y'.repeat(500) } }])
  })
})
