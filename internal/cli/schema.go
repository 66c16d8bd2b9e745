package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
)

func newSchemaCommand(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [" + strings.Join(kind.Names(), " | ") + " | widget [TYPE]]",
		Short: "Print the fields of objects and widgets, their types and allowed values",
		Long: "schema prints the fields of a kind of object or of a type of widget, from Datadog's API specification and\n" +
			"ddmon's own notes. Run `ddmon schema widget` to list the widget types.",
		Example: "  # List the fields of a monitor\n" +
			"  ddmon schema monitor\n" +
			"\n" +
			"  # List the fields of a widget type\n" +
			"  ddmon schema widget timeseries",
		Args:              cobra.MaximumNArgs(2),
		ValidArgsFunction: completeSchema,
		RunE:              func(_ *cobra.Command, args []string) error { return a.schema(args) },
	}
}

func (a *App) schema(args []string) error {
	subjects := append(kind.Names(), "widget")
	switch {
	case len(args) == 0:
		return a.schemaNames("Subjects", subjects, "ddmon schema monitor")
	case args[0] == "widget" && len(args) == 1:
		return a.schemaNames("Widget types", kind.Named("dashboard").WidgetTypes(), "ddmon schema widget timeseries")
	case args[0] == "widget":
		dashboard := kind.Named("dashboard")
		t := dashboard.Widget(args[1])
		if t == nil {
			return fmt.Errorf("unknown widget type %q.%s Run `ddmon schema widget` to list the types", args[1],
				diag.DidYouMean(args[1], dashboard.WidgetTypes()))
		}
		return a.schemaOf("widget "+args[1], t)
	case len(args) == 1:
		if k := kind.Named(args[0]); k != nil {
			return a.schemaOf(k.Name, k.Body)
		}
	}
	if t := kind.Named("dashboard").Widget(args[0]); t != nil {
		return fmt.Errorf("%s is a type of widget: run `ddmon schema widget %s`", args[0], args[0])
	}
	return fmt.Errorf("no schema for %q.%s Use ddmon schema %s, or widget TYPE", args[0],
		diag.DidYouMean(args[0], subjects), strings.Join(subjects, ", "))
}

func (a *App) schemaNames(what string, names []string, example string) error {
	if a.flags.json {
		return a.writeDocument(machine.Names{FormatVersion: machine.FormatVersion, Names: names})
	}
	return terminal.Names(a.Stdout, what, names, example, a.style())
}

func (a *App) schemaOf(subject string, t *kind.Type) error {
	if a.flags.json {
		return a.writeDocument(machine.NewSchema(subject, t))
	}
	return terminal.Schema(a.Stdout, subject, t, a.style())
}

// completeSchema completes a subject of schema, and the type of a widget.
func completeSchema(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	switch {
	case len(args) == 0:
		return append(kind.Names(), "widget"), cobra.ShellCompDirectiveNoFileComp
	case len(args) == 1 && args[0] == "widget":
		return kind.Named("dashboard").WidgetTypes(), cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}
