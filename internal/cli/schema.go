package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

func newSchemaCommand(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [" + strings.Join(kind.Names(), " | ") + " | widget [TYPE] | BLOCK] [FIELD]...",
		Short: "Print the fields of objects, widgets and blocks, their types and allowed values",
		Long: "schema prints the fields of a kind of object or of a type of widget, from Datadog's API specification and\n" +
			"ddmon's own notes, or the attributes of a block such as test, expect or recording. Run `ddmon schema` to list\n" +
			"kinds and blocks, and `ddmon schema widget` to list the widget types. The path of a field prints it alone.",
		Example: "  # List the fields of a monitor\n" +
			"  ddmon schema monitor\n" +
			"\n" +
			"  # List the thresholds of a monitor\n" +
			"  ddmon schema monitor options thresholds\n" +
			"\n" +
			"  # List the fields of a widget type\n" +
			"  ddmon schema widget timeseries\n" +
			"\n" +
			"  # List what a recording of an incident contains\n" +
			"  ddmon schema recording",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: completeSchema,
		RunE:              func(_ *cobra.Command, args []string) error { return a.schema(args) },
	}
}

// objectSubjects are the subjects of schema that Datadog's API specification describes.
func objectSubjects() []string { return append(kind.Names(), "widget") }

// blockTypes are the blocks that ddmon's own tables describe.
func blockTypes() []*lang.BlockType {
	return slices.Concat(config.Blocks(), testfile.Blocks(), series.Blocks())
}

func blockSubjects() []string {
	var names []string
	for _, b := range blockTypes() {
		names = append(names, b.Name)
	}
	return names
}

func (a *App) schema(args []string) error {
	switch {
	case len(args) == 0:
		return a.schemaSubjects()
	case args[0] == "widget" && len(args) == 1:
		return a.schemaNames("Widget types", kind.Named("dashboard").WidgetTypes(), "ddmon schema widget timeseries")
	case args[0] == "widget":
		dashboard := kind.Named("dashboard")
		t := dashboard.Widget(args[1])
		if t == nil {
			return fmt.Errorf("unknown widget type %q.%s Run `ddmon schema widget` to list the types", args[1],
				diag.DidYouMean(args[1], dashboard.WidgetTypes()))
		}
		return a.schemaAt("widget "+args[1], t, args[2:])
	}
	k := kind.Named(args[0])
	switch {
	case k != nil && len(args) == 1:
		return a.schemaOfKind(k.Name, k.Body, config.ObjectBlock(k))
	case k != nil:
		return a.schemaAt(k.Name, k.Body, args[1:])
	case len(args) == 1:
		for _, b := range blockTypes() {
			if b.Name == args[0] {
				return a.schemaOfBlock(b)
			}
		}
	}
	if t := kind.Named("dashboard").Widget(args[0]); t != nil {
		return fmt.Errorf("%s is a type of widget: run `ddmon schema widget %s`", args[0], args[0])
	}
	subjects := append(objectSubjects(), blockSubjects()...)
	if slices.Contains(subjects, args[0]) {
		return fmt.Errorf("the schema of %s has no paths: run `ddmon schema %s`", args[0], args[0])
	}
	return fmt.Errorf("no schema for %q.%s Use ddmon schema %s, or widget TYPE", args[0],
		diag.DidYouMean(args[0], subjects), strings.Join(subjects, ", "))
}

// schemaSubjects lists the subjects of schema.
func (a *App) schemaSubjects() error {
	if a.flags.json {
		return a.schemaNames("", append(objectSubjects(), blockSubjects()...), "")
	}
	if err := a.schemaNames("Objects", objectSubjects(), "ddmon schema monitor"); err != nil {
		return err
	}
	return a.schemaNames("Blocks", blockSubjects(), "ddmon schema recording")
}

func (a *App) schemaNames(what string, names []string, example string) error {
	if a.flags.json {
		return a.writeDocument(machine.Names{FormatVersion: machine.FormatVersion, Names: names})
	}
	return terminal.Names(a.Stdout, what, names, example, a.style())
}

// schemaAt prints the field at a path in t, whose steps are separated by spaces or dots; all of t for an empty path.
func (a *App) schemaAt(subject string, t *kind.Type, args []string) error {
	path := strings.FieldsFunc(strings.Join(args, "."), func(r rune) bool { return r == '.' })
	if len(path) == 0 {
		return a.schemaOf(subject, t)
	}
	f, unknown, known := t.Find(path)
	if f == nil {
		return fmt.Errorf("%s has no field %q.%s Run `ddmon schema %s` to list its fields", subject, unknown, diag.DidYouMean(unknown, known), subject)
	}
	return a.schemaOf(subject+" "+strings.Join(path, "."), &kind.Type{Shape: kind.Object, Fields: map[string]*kind.Field{f.Name: f}})
}

func (a *App) schemaOf(subject string, t *kind.Type) error {
	if a.flags.json {
		return a.writeDocument(machine.NewSchema(subject, t))
	}
	return terminal.Schema(a.Stdout, subject, t, a.style())
}

func (a *App) schemaOfKind(name string, t *kind.Type, own *lang.BlockType) error {
	if a.flags.json {
		return a.writeDocument(machine.NewKindSchema(name, t, own))
	}
	return terminal.Kind(a.Stdout, name, t, own, a.style())
}

func (a *App) schemaOfBlock(b *lang.BlockType) error {
	if a.flags.json {
		return a.writeDocument(machine.NewBlockSchema(b))
	}
	return terminal.Block(a.Stdout, b, a.style())
}

// completeSchema completes a subject of schema, and the type of a widget.
func completeSchema(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	switch {
	case len(args) == 0:
		return append(objectSubjects(), blockSubjects()...), cobra.ShellCompDirectiveNoFileComp
	case len(args) == 1 && args[0] == "widget":
		return kind.Named("dashboard").WidgetTypes(), cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}
