package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// CommandNames returns the names of all runnable commands, without the program's name: "sandbox serve".
func CommandNames() []string {
	var names []string
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Runnable() {
			_, name, _ := strings.Cut(c.CommandPath(), " ")
			names = append(names, name)
		}
		for _, inner := range c.Commands() {
			walk(inner)
		}
	}
	for _, c := range newRootCommand(new(App)).Commands() {
		walk(c)
	}
	return names
}
