import { DomainError } from '@/domain/errors'
import { COMMON_PASSWORD } from '@/domain/team/password-length'
import { isCommonPassword } from '@/lib/password'

/** @throws {DomainError} invalid_input where others would guess the password; `own`: the person's name and address */
export function refuseCommonPassword(password: string, own: readonly string[]): void {
  if (!isCommonPassword(password, own)) return
  throw new DomainError('invalid_input', COMMON_PASSWORD, { field: 'password' })
}
