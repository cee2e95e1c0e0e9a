/** Fill of the n-th of `of` series: one hue that pales, so that the order of the steps is seen. */
export function seriesColour(index: number, of: number) {
  if (index === 0 || of <= 1) return 'var(--accent)'
  // 62 % and 34 % for the second and third of three, as drawn; longer rows pale in even paces down to 24 %.
  const share = of <= 3 ? [100, 62, 34][index] : 100 - (76 * index) / (of - 1)
  return `color-mix(in oklch, var(--accent) ${Math.round(share ?? 34)}%, var(--surface))`
}
