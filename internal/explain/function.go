package explain

import (
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// call describes a function call. inner describes its first argument.
func call(c *ddquery.Call, inner string) string {
	name := c.Name.Name
	if f := function.Lookup(name); f != nil {
		if text := inWords(f, c, inner); text != "" {
			return text
		}
	}
	n, isNumber := constant(argument(c.Args, 1))
	switch {
	case name == "timeshift" && isNumber:
		return inner + ", " + shifted(n)
	case name == "moving_rollup" && isNumber:
		return inner + ", rolled up over the last " + formatSeconds(n) + " to " + strings.TrimSuffix(aggregated(argumentText(argument(c.Args, 2))), " of")
	case strings.HasPrefix(name, "top"), strings.HasPrefix(name, "bottom"):
		return ranked(c, inner)
	}
	return inner + ", transformed by " + code(callText(c))
}

// inWords fills in the description from the catalogue; "" if it has none, or if it needs a number and the argument is
// not a number.
func inWords(f *function.Function, c *ddquery.Call, inner string) string {
	limit, ok := constant(argument(c.Args, 1))
	if !ok && strings.Contains(f.Words, "%n") {
		return ""
	}
	number := strings.TrimPrefix(c.Name.Name, f.Name)
	return strings.NewReplacer("%s", inner, "%d", number, "%n", formatNumber(limit), "%g", groupsOf(c)).Replace(f.Words)
}

// groupsOf returns the keys of the groups that a function counts: " by host".
func groupsOf(c *ddquery.Call) string {
	var keys []string
	for _, arg := range c.Args {
		keys = append(keys, ddquery.GroupKeys(arg)...)
	}
	if keys = distinct(keys); len(keys) > 0 {
		return " by " + list(keys, "and")
	}
	return ""
}

// ranked explains calls such as top(q, 5, 'mean', 'desc') and its short forms top5, bottom10_mean.
func ranked(c *ddquery.Call, inner string) string {
	name := c.Name.Name
	if n, ok := constant(argument(c.Args, 1)); ok && name == "top" {
		end := "highest"
		if argumentText(argument(c.Args, 3)) == "asc" {
			end = "lowest"
		}
		return "the " + formatNumber(n) + " groups with the " + end + " " + or(argumentText(argument(c.Args, 2)), "mean") + " in " + inner
	}
	for prefix, end := range map[string]string{"top": "highest", "bottom": "lowest"} {
		rest, ok := strings.CutPrefix(name, prefix)
		n, by, _ := strings.Cut(rest, "_")
		if _, err := strconv.Atoi(n); ok && err == nil {
			return "the " + n + " groups with the " + end + " " + or(by, "mean") + " in " + inner
		}
	}
	return inner + ", transformed by " + code(callText(c))
}

// callText writes a call without its query: foo(…, 3).
func callText(c *ddquery.Call) string {
	args := []string{"…"}
	for i, arg := range c.Args {
		if i > 0 {
			args = append(args, ddquery.Print(arg))
		}
	}
	return c.Name.Name + "(" + strings.Join(args, ", ") + ")"
}
