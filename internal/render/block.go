package render

import (
	"fmt"
	"strings"

	"ddmon/internal/lang"
)

// DefaultText describes the value of an attribute that is not set, as HCL; empty if it has no default.
func DefaultText(a *lang.AttributeType) string {
	switch v := a.Default.(type) {
	case nil:
		return ""
	case []string:
		quoted := make([]string, len(v))
		for i, text := range v {
			quoted[i] = fmt.Sprintf("%q", text)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	case string:
		return fmt.Sprintf("%q", v)
	default:
		return fmt.Sprint(v)
	}
}
