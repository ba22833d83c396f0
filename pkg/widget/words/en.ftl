### What the element itself says, in English. The policies bring their own words.
###
### A verdict is always “eligible”, “not eligible” or “undetermined”. Names in { $braces } are put in when it is said; those of
### the policy and of the dossier may be in another language.

## start, question, frame

## result, matrix, keep

## errors
