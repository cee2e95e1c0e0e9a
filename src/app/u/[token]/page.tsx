import type { Metadata } from 'next'
import { AccountPage } from '@/components/account/account-page'
import { Button } from '@/components/ui/button'
import { admitLink, senderName, whoUnsubscribes } from '@/server/unsubscribe'

export const metadata: Metadata = { title: 'Unsubscribe', robots: { index: false } }

type Props = { params: Promise<{ token: string }> }

/**
 * Page that unsubscribes at a click, and then says so at every visit: link scanners open every address in an email, so
 * opening this page changes nothing.
 */
export default async function UnsubscribePage({ params }: Props) {
  const { token } = await params
  const sender = await senderName()
  if (token === 'preview') {
    return (
      <AccountPage
        sender={sender}
        title="This is a preview"
        sub="In a campaign email, this link unsubscribes whoever got it."
      >
        <p className="text-control text-ink-2">Nothing was changed.</p>
      </AccountPage>
    )
  }
  if ((await admitLink(token)) === 'often') {
    return (
      <AccountPage sender={sender} title="Too many visits" sub="This link was opened very often just now.">
        <p className="text-control text-ink-2">Nothing was changed. Open it again in a minute.</p>
      </AccountPage>
    )
  }
  const found = await whoUnsubscribes(token)
  if (!found) {
    return (
      <AccountPage
        sender={sender}
        title="This link is not valid"
        sub="It may have been cut off by your mail program. Nothing was changed."
      >
        <p className="text-control text-ink-2">
          Copy the whole link from the email, or answer the email and say that you want no more.
        </p>
      </AccountPage>
    )
  }
  const email = found.email ?? 'The address that got this email'
  if (found.done) {
    return (
      <AccountPage sender={sender} title="You are unsubscribed" sub={`${email} gets no more emails from us.`}>
        <p className="text-control text-ink-2">An email that was already on its way may still arrive.</p>
      </AccountPage>
    )
  }
  return (
    <AccountPage sender={sender} title="Unsubscribe?" sub={`${email} will get no more emails from us.`}>
      <form action={`/api/unsubscribe/${token}`} method="post">
        <input type="hidden" name="from" value="page" />
        <Button type="submit">Unsubscribe</Button>
      </form>
    </AccountPage>
  )
}
