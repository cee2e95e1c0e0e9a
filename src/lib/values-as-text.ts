/** How a session of PostgreSQL writes values as text, as `pg` reads them, whatever the server or the role has as its own. */
export const VALUES_AS_TEXT = 'SET DateStyle = ISO; SET IntervalStyle = postgres'
