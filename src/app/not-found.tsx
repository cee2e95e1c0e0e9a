import { AccountPage } from '@/components/account/account-page'
import { ButtonLink } from '@/components/ui/button'
import { routes } from '@/routes'

export default function NotFound() {
  return (
    <AccountPage
      title="Not found"
      sub="There is nothing at this address. It may have been deleted, or the link is wrong."
    >
      <ButtonLink href={routes.campaigns()}>Go to campaigns</ButtonLink>
    </AccountPage>
  )
}
