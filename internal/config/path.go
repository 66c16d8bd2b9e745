package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
)

// pathRoot resolves Terraform's references to folders. path.module and path.root are the stack's folder, which is what
// file functions start from. path.cwd is not defined: it differs between machines, but the objects must not.
func pathRoot(report *lang.Reporter) lang.Root {
	known := []string{"module", "root"}
	return lang.Root{
		Value: func(t hcl.Traversal, name string) (cty.Value, bool) {
			switch name {
			case "module", "root":
				return cty.StringVal("."), true
			case "cwd":
				report.Error("unknown_name", "Unknown name", "path.cwd differs between machines, but the stack's objects must not. Write path.module, which is the stack's folder.", t.SourceRange())
			default:
				report.UnknownName(t, "path", name, known, "Write path.module, which is the stack's folder.")
			}
			return cty.NilVal, false
		},
		IsOpen: func(hcl.Traversal) bool { return true },
	}
}
