### What the element itself says, in French.
###
### A verdict is « admissible », « non admissible » or « indéterminé ». Spaces before ; ! ? are narrow and unbreakable
### (U+202F), those before : and within « » unbreakable (U+00A0); the apostrophe is ’.
