import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { PageTitle } from './page-title'

export type Crumb = { label: string; href?: string }

/** Head of a page: where it is, what it is, how it stands, what can be done. One primary action at most. */
export function PageHeader({
  crumbs,
  title,
  status,
  sub,
  actions,
}: {
  /** The way here, without the page itself; a crumb without `href` is plain text. */
  crumbs?: readonly Crumb[]
  title: string
  /** A chip behind the title. */
  status?: ReactNode
  /** One line of facts below. */
  sub?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="mb-4">
      {crumbs && crumbs.length > 0 && (
        <nav aria-label="Breadcrumb" className="mb-1.5 text-caption text-ink-3">
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb.label}>
              {index > 0 && <span aria-hidden> / </span>}
              {crumb.href ? (
                <Link href={crumb.href} className="-my-1 inline-block rounded-small py-1 hover:text-ink">
                  {crumb.label}
                </Link>
              ) : (
                <span>{crumb.label}</span>
              )}
            </Fragment>
          ))}
        </nav>
      )}
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <PageTitle>{title}</PageTitle>
        {status}
        {actions && <div className="ml-auto flex flex-wrap items-center justify-end gap-2 sm:gap-3">{actions}</div>}
      </div>
      {sub && <p className="mt-2 text-control sm:mt-1 text-ink-2">{sub}</p>}
    </header>
  )
}
