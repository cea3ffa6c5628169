/** How long things last. All are judged by the database's clock. */
export const SESSION_IDLE_MINUTES = 30;
export const SESSION_HOURS = 12;
/** A session's last use is written down at most this often, so that reading a page seldom writes. */
export const SEEN_EVERY_SECONDS = 60;
export const INVITATION_DAYS = 7;
export const RESET_HOURS = 1;
export const LONGEST_KEY_DAYS = 366;
