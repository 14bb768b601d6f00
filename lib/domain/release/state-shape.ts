/**
 * The shape of `ReleaseState`. Raise it whenever the same events would fold to something else than before (a field more, one
 * less, another meaning): releases that are there already are then folded anew before the new version serves anybody.
 */
export const STATE_SHAPE = 6
