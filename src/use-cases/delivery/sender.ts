import type { Mailbox } from '@/db/generated/client'
import type { SendingWindow } from '@/domain/time/window'
import type { SmtpAccount } from '@/mail/mailer'
import type { SettingsView } from '@/use-cases/settings/get-settings'

/** A mailbox at work, with everything that its batches share. */
export type Sender = { mailbox: Mailbox; account: SmtpAccount; window: SendingWindow; settings: SettingsView }
