import { z } from 'zod'
import { list, number, optionalList, part, text } from '../http/lenient-schema'

const email = z.object({
  value: z.string().min(3),
  type: text,
  confidence: number,
  first_name: text,
  last_name: text,
  position: text,
  linkedin: text,
  phone_number: text,
  verification: part(z.object({ status: text })),
})
export type HunterEmail = z.infer<typeof email>

const company = z.object({
  organization: text,
  industry: text,
  country: text,
  city: text,
  emails: list(email),
})
export type HunterCompany = z.infer<typeof company>

const meta = part(z.object({ results: number }))

export const domainResponse = z.object({ data: company, meta })

/** All nulls where no address was found. */
export const finderResponse = z.object({ data: part(z.object({ email: text, score: number, linkedin_url: text })) })

/** Empty while a verification is under way. */
export const verifierResponse = z.object({ data: part(z.object({ status: text, score: number })) })

export const discoverResponse = z.object({
  data: list(
    z.object({
      domain: z.string().min(3),
      organization: text,
      emails_count: part(z.object({ total: number })),
    }),
  ),
  meta,
})

const allowance = part(z.object({ used: number, available: number }))

export const accountResponse = z.object({
  data: z.object({
    plan_name: text,
    reset_date: text,
    requests: part(z.object({ searches: allowance, credits: allowance })),
  }),
})

export const errorResponse = part(z.object({ errors: optionalList(z.object({ id: text, details: text })) }))
