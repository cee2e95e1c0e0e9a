import { cva, type VariantProps } from 'class-variance-authority'
import type { LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './class-names'

export const buttonStyle = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-[7px] whitespace-nowrap rounded-control border font-medium text-control transition-colors aria-disabled:pointer-events-none aria-disabled:opacity-60 disabled:opacity-60 [&_svg]:size-[15px] [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-accent text-accent-ink shadow-rest enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover',
        secondary: 'border-line-strong bg-surface text-ink shadow-rest enabled:hover:bg-sunken [a&]:hover:bg-sunken',
        ghost:
          'border-transparent text-ink-2 enabled:hover:bg-sunken enabled:hover:text-ink [a&]:hover:bg-sunken [a&]:hover:text-ink data-popup-open:bg-sunken data-popup-open:text-ink',
        danger:
          'border-transparent bg-failed-ink text-on-failed shadow-rest enabled:hover:opacity-90 [a&]:hover:opacity-90',
        link: 'border-transparent text-accent underline-offset-4 enabled:hover:underline [a&]:hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 pointer-coarse:h-10',
        md: 'h-8 px-3 pointer-coarse:h-10',
        lg: 'h-10 px-4',
      },
      square: { true: '', false: '' },
    },
    compoundVariants: [
      { variant: 'ghost', square: false, className: 'px-2' },
      { variant: 'link', className: 'h-6 px-0 pointer-coarse:h-8' },
      { size: 'sm', square: true, className: 'w-7 px-0 pointer-coarse:w-10' },
      { size: 'md', square: true, className: 'w-8 px-0 pointer-coarse:w-10' },
      { size: 'lg', square: true, className: 'w-10 px-0' },
    ],
    defaultVariants: { variant: 'secondary', size: 'md', square: false },
  },
)

type Look = Omit<VariantProps<typeof buttonStyle>, 'square'>
type WithIcon = { /** 15 px, before the word. */ icon?: LucideIcon; children: ReactNode }

export type ButtonProps = Look &
  WithIcon &
  Omit<ComponentProps<'button'>, 'children'> & {
    /** The act is under way: the button keeps its words, cannot be pressed again and says so. */
    pending?: boolean
  }

/** One primary button a screen; the count of what it does stands in its words. `type` is `button` unless said otherwise. */
export function Button({
  variant,
  size,
  icon: Icon,
  pending,
  disabled,
  className,
  children,
  type = 'button',
  onClick,
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      type={type}
      disabled={disabled}
      // Not `disabled`, which would take the focus from whoever has just pressed it.
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={cn(buttonStyle({ variant, size }), pending && 'cursor-progress', className)}
    >
      {Icon && <Icon aria-hidden />}
      {children}
    </button>
  )
}

/** A link that looks like a button: for everything that only goes somewhere. */
export function ButtonLink({
  variant,
  size,
  icon: Icon,
  className,
  children,
  ...props
}: Look & WithIcon & ComponentProps<typeof Link>) {
  return (
    <Link {...props} className={cn(buttonStyle({ variant, size }), className)}>
      {Icon && <Icon aria-hidden />}
      {children}
    </Link>
  )
}

/** A button with no words of its own: `label` names it for assistive technology, and as a title. */
export function IconButton({
  icon: Icon,
  label,
  variant = 'ghost',
  size,
  className,
  type = 'button',
  ...props
}: Look & { icon: LucideIcon; label: string } & Omit<ComponentProps<'button'>, 'children'>) {
  return (
    <button
      {...props}
      type={type}
      aria-label={label}
      title={label}
      className={cn(buttonStyle({ variant, size, square: true }), className)}
    >
      <Icon aria-hidden />
    </button>
  )
}
