;; objects on the host's heap, outside its memory
(module
  (type $a (array (mut i64)))
  (memory (export "memory") 1)
  (func (export "analyse") (result i32)
    (array.len (array.new_default $a (i32.const 100000000)))))
