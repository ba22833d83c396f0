### What the element itself says, in Arabic: Modern Standard Arabic, digits 0 to 9.
###
### A verdict is «مؤهَّل», «غير مؤهَّل» or «غير محسوم». Where a number chooses, Arabic has six forms.
