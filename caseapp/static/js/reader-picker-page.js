// The pages that show the theme picker in a form of its own.
import { pickerIn } from "./reader-picker.js";

pickerIn(document.body);
