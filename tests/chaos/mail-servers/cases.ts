import type { MailServerCase } from './case'
import { allArrive } from './cases/all-arrive'
import { CONNECTION_FAULTS } from './cases/connection-faults'
import { connectionLimit } from './cases/connection-limit'
import { contentRefused } from './cases/content-refused'
import { loginInClear } from './cases/login-in-clear'
import { PASSING_TROUBLE } from './cases/passing-trouble'
import { rateLimit } from './cases/rate-limit'
import { REFUSED_FOR_US } from './cases/refused-for-us'
import { silentRecipient, slowEnd } from './cases/slow-answers'
import { tooLarge } from './cases/too-large'

/** All that Postfix is made to say and do. */
export const CASES: readonly MailServerCase[] = [
  allArrive,
  ...REFUSED_FOR_US,
  ...PASSING_TROUBLE,
  loginInClear,
  ...CONNECTION_FAULTS,
  slowEnd,
  silentRecipient,
  rateLimit,
  connectionLimit,
  tooLarge,
  contentRefused,
]

/** Settings of all smtpds that the cases need. */
export const servicesOf = (cases: readonly MailServerCase[], sizes: Parameters<MailServerCase['services']>[0]) =>
  Object.assign({}, ...cases.map(({ services }) => services(sizes))) as Record<
    string,
    ReturnType<MailServerCase['services']>[string]
  >
