package ddquery

import (
	"fmt"
	"strings"
)

// shape formats a tree as nested calls, without positions: binary+(source(avg,system.load.1,…),2).
func shape(n Node) string {
	var children []string
	walkQuery(n, func(child Node) { children = append(children, shape(child)) })
	label := label(n)
	if len(children) == 0 {
		return label
	}
	return label + "(" + strings.Join(children, " ") + ")"
}

// label formats a node without its children.
func label(n Node) string {
	switch n := n.(type) {
	case *Ident:
		return n.Name
	case *Number:
		return n.Text
	case *String:
		return n.Raw
	case *Window:
		return n.Text
	case *Ref:
		return n.Name
	case *Value:
		return n.Raw
	case *Variable:
		return fmt.Sprintf("$%s/%v", n.Name, n.Value)
	case *Binary:
		return string(n.Op)
	case *Comparison:
		return fmt.Sprintf("%s/%v", n.Op, n.Negative)
	case *SpaceAgg:
		return "agg " + n.Name
	case *In:
		return n.Words
	case *FilterNot:
		return n.Op
	case *FilterLogic:
		return n.Op
	case *MonitorID:
		return n.ID
	case *BoolLogic:
		return n.Op
	case *SearchLogic:
		return n.Op
	case *SearchNot:
		return n.Op
	case *Field:
		return fmt.Sprintf("%s/%d", n.Name, n.Kind)
	case *Term:
		if n.Glob {
			return "glob " + n.Text
		}
		return n.Text
	case *Phrase:
		return fmt.Sprintf("%q", n.Text)
	case *Compare:
		return n.Op
	case *Range:
		return fmt.Sprintf("range %v %v", n.LowIncluded, n.HighIncluded)
	case *SearchVariable:
		return fmt.Sprintf("$%s/%v", n.Name, n.Value)
	case *TemplateText:
		return fmt.Sprintf("%q", n.Raw)
	case *TemplateVar:
		return "var " + n.Path
	case *TemplateHelper:
		return "helper"
	case *TemplateArg:
		return "arg " + n.Text
	case *TemplateBlock:
		return fmt.Sprintf("block negated=%v else=%v", n.Negated, n.ElseTag != "")
	case *Handle:
		return n.Raw
	}
	return strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", n), "*ddquery."))
}
