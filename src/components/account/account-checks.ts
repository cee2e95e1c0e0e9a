import { z } from 'zod'
import type { Read } from '@/components/hooks/use-form'
import { PASSWORD_LENGTH } from '@/domain/team/password-length'

const credentials = z.object({
  email: z.email('Enter your email address, such as name@company.com.'),
  password: z.string().min(1, 'Enter your password.'),
})

export type Credentials = z.infer<typeof credentials>

/** What a person signs in with, or what is to be fixed in which field. */
export function readCredentials(typed: Credentials): Read<Credentials, Credentials> {
  const parsed = credentials.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  const { email, password } = z.flattenError(parsed.error).fieldErrors
  return { ok: false, errors: { email: email?.[0], password: password?.[0] } }
}

const yourName = z
  .string()
  .trim()
  .min(1, 'Enter your name: it stands beside what you do.')
  .max(100, 'At most 100 characters.')
const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, 'At least 12 characters: a few words do well.')
  .max(PASSWORD_LENGTH.max, 'At most 256 characters.')

const invited = z.object({ name: yourName, password: newPassword })

export type Invited = z.infer<typeof invited>

/** The account of an invited person, or what is to be fixed in which field. */
export function readInvited(typed: Invited): Read<Invited, Invited> {
  const parsed = invited.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  const { name, password } = z.flattenError(parsed.error).fieldErrors
  return { ok: false, errors: { name: name?.[0], password: password?.[0] } }
}

const owner = z.object({
  code: z.string().trim().min(1, 'Enter the code that the terminal shows, such as 7KMR-Q2XD-9TBW.'),
  name: yourName,
  email: z.email('Enter an email address, such as name@company.com.'),
  timezone: z.string(),
  password: newPassword,
})

export type Owner = z.infer<typeof owner>

/** The account of the owner, or what is to be fixed in which field. */
export function readOwner(typed: Owner): Read<Owner, Owner> {
  const parsed = owner.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  const { code, name, email, password } = z.flattenError(parsed.error).fieldErrors
  return { ok: false, errors: { code: code?.[0], name: name?.[0], email: email?.[0], password: password?.[0] } }
}
