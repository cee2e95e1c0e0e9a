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

const code = z.object({
  code: z.string().trim().min(1, 'Enter the code that your app shows.').max(40, 'A code is shorter.'),
})

export type Code = z.infer<typeof code>

/** A code of a second factor, or what is to be fixed. */
export function readCode(typed: Code): Read<Code, Code> {
  const parsed = code.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  return { ok: false, errors: { code: z.flattenError(parsed.error).fieldErrors.code?.[0] } }
}

const asked = z.object({ email: z.email('Enter your email address, such as name@company.com.') })

export type Asked = z.infer<typeof asked>

/** The address of an account, or what is to be fixed. */
export function readAsked(typed: Asked): Read<Asked, Asked> {
  const parsed = asked.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  return { ok: false, errors: { email: z.flattenError(parsed.error).fieldErrors.email?.[0] } }
}

const chosen = z.object({ password: newPassword })

export type Chosen = z.infer<typeof chosen>

/** A new password, or what is to be fixed. */
export function readChosen(typed: Chosen): Read<Chosen, Chosen> {
  const parsed = chosen.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  return { ok: false, errors: { password: z.flattenError(parsed.error).fieldErrors.password?.[0] } }
}

const changed = z.object({ currentPassword: z.string().min(1, 'Enter your present password.'), newPassword })

export type Changed = z.infer<typeof changed>

/** A password and the one that takes its place, or what is to be fixed in which field. */
export function readChanged(typed: Changed): Read<Changed, Changed> {
  const parsed = changed.safeParse(typed)
  if (parsed.success) return { ok: true, input: parsed.data }
  const { currentPassword, newPassword } = z.flattenError(parsed.error).fieldErrors
  return { ok: false, errors: { currentPassword: currentPassword?.[0], newPassword: newPassword?.[0] } }
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
