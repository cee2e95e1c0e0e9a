import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { routes } from '@/routes'

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        title="There is nothing at this address."
        action={<ButtonLink href={routes.campaigns()}>Go to campaigns</ButtonLink>}
      >
        It may have been deleted, or the link is wrong.
      </EmptyState>
    </>
  )
}
