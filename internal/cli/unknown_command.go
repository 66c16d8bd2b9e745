package cli

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/spf13/cobra"

	"ddmon/internal/diag"
)

// terraformCommands say what to do instead of commands that only Terraform has.
var terraformCommands = map[string]string{
	"init":      "ddmon needs no init: there is nothing to download. Run `ddmon plan`.",
	"get":       "ddmon downloads nothing. Run `ddmon plan`.",
	"state":     "ddmon has no state file: tags on the objects in Datadog say which stack owns them. Run `ddmon plan` to compare.",
	"refresh":   "ddmon has no state to refresh: every plan reads the objects in Datadog. Run `ddmon plan`.",
	"import":    "This version of ddmon cannot import objects. Write the block and run `ddmon plan`: its same_name warning says how to adopt an existing object.",
	"workspace": "ddmon has no workspaces. Use a folder (-C DIR) or a variable file (--var-file FILE) for each environment.",
	"env":       "ddmon has no workspaces. Use a folder (-C DIR) or a variable file (--var-file FILE) for each environment.",
	"output":    "ddmon has no outputs. Run `ddmon render` to print the objects.",
	"console":   "ddmon has no console. Run `ddmon render` to print the evaluated objects.",
	"graph":     "ddmon has no graph. Run `ddmon plan --json`: depends_on has the references.",
	"providers": "ddmon has no providers: it includes Datadog's. Run `ddmon version`.",
	"taint":     "ddmon has no taint. Rename the block to create a new object.",
	"login":     "ddmon has no login. Set DD_API_KEY and DD_APP_KEY.",
}

// assignment matches the error for an argument NAME=VALUE, which lacks --var.
var assignment = regexp.MustCompile(`(?s)^unknown command "([^"=\\]*)=.*" for "ddmon`)

// unknownCommand improves the error for a command that does not exist. The value of a variable is not repeated.
func unknownCommand(root *cobra.Command, err error) error {
	if found := assignment.FindStringSubmatch(err.Error()); found != nil {
		return fmt.Errorf("unexpected argument %s=... Write: --var %s=VALUE", found[1], found[1])
	}
	name := ""
	if _, scanned := fmt.Sscanf(err.Error(), "unknown command %q for \"ddmon\"", &name); scanned != nil {
		return err
	}
	if hint := terraformCommands[name]; hint != "" {
		return fmt.Errorf("unknown command %q. %s", name, hint)
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return errors.New(fmt.Sprintf("unknown command %q.", name) + diag.DidYouMean(name, names) + " Run `ddmon help` to list the commands")
}
