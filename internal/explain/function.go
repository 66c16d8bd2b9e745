package explain

import (
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// call says what a function makes of its first argument, of which inner is the wording.
func call(c *ddquery.Call, inner string) string {
	name := c.Name.Name
	if f := function.Lookup(name); f != nil {
		if text := inWords(f, c, inner); text != "" {
			return text
		}
	}
	n, numbered := constant(argument(c.Args, 1))
	switch {
	case name == "timeshift" && numbered:
		return inner + ", " + shifted(n)
	case name == "moving_rollup" && numbered:
		return inner + ", rolled up over the last " + lapse(n) + " to " + strings.TrimSuffix(aggregated(word(argument(c.Args, 2))), " of")
	case strings.HasPrefix(name, "top"), strings.HasPrefix(name, "bottom"):
		return ranked(c, inner)
	}
	return inner + ", put through " + code(named(c))
}

// inWords fills the words of the catalogue in; "" where there are none, or they need a number that is not one.
func inWords(f *function.Function, c *ddquery.Call, inner string) string {
	limit, ok := constant(argument(c.Args, 1))
	if !ok && strings.Contains(f.Words, "%n") {
		return ""
	}
	number := strings.TrimPrefix(c.Name.Name, f.Name)
	return strings.NewReplacer("%s", inner, "%d", number, "%n", figure(limit)).Replace(f.Words)
}

// ranked explains top(q, 5, 'mean', 'desc') and its short forms top5, bottom10_mean.
func ranked(c *ddquery.Call, inner string) string {
	name := c.Name.Name
	if n, ok := constant(argument(c.Args, 1)); ok && name == "top" {
		end := "highest"
		if word(argument(c.Args, 3)) == "asc" {
			end = "lowest"
		}
		return "the " + figure(n) + " groups with the " + end + " " + or(word(argument(c.Args, 2)), "mean") + " in " + inner
	}
	for prefix, end := range map[string]string{"top": "highest", "bottom": "lowest"} {
		rest, ok := strings.CutPrefix(name, prefix)
		n, by, _ := strings.Cut(rest, "_")
		if _, err := strconv.Atoi(n); ok && err == nil {
			return "the " + n + " groups with the " + end + " " + or(by, "mean") + " in " + inner
		}
	}
	return inner + ", put through " + code(named(c))
}

// named writes a call without its query: foo(…, 3).
func named(c *ddquery.Call) string {
	args := []string{"…"}
	for i, arg := range c.Args {
		if i > 0 {
			args = append(args, ddquery.Print(arg))
		}
	}
	return c.Name.Name + "(" + strings.Join(args, ", ") + ")"
}
