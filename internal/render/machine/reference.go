package machine

import _ "embed"

// Reference describes every field of the JSON output. Tests compare it with the output.
//
//go:embed reference.txt
var Reference string
